//! The conversation of a check: each operation by itself, then as many calls at once as are promised, then goodbye.

use std::mem::discriminant;

use scopecheck_scenarios::{laws::Reply, nearest::nearest, operations};
use serde_json::Value;

use super::{
    hints,
    probes::{Aim, Probe, probes},
    seen::{Crash, Problem, Seen, Tally},
};
use crate::library::{Adapter, Conduct, PlannedCall, Rule};

/// An operation that no protocol has.
const UNKNOWN: &str = "no_such_operation";
/// The longest reply that is shown, in characters.
const SHOWN: usize = 200;

/// Puts the probes to an adapter, says goodbye and gathers what was seen.
pub(super) fn talk(adapter: &dyn Adapter) -> Seen {
    let mut seen = Seen::default();
    let mut answered = Vec::new();
    for op in &adapter.hello().operations {
        seen.operation(adapter, op, &mut answered);
        if seen.stuck {
            break;
        }
    }
    if !seen.stuck {
        seen.unknown_operation(adapter);
        seen.all_at_once(adapter, &answered);
    }
    let conduct = adapter.conduct().unwrap_or_default();
    seen.conduct(&conduct, adapter.hello().max_in_flight);
    seen
}

impl Seen {
    fn problem(&mut self, what: String, seen: String, cause: &str, mend: &str) {
        let (cause, mend) = (cause.to_owned(), mend.to_owned());
        self.problems.push(Problem { what, seen: vec![seen], cause, mend, times: 1, rule: None });
    }

    /// Puts the probes of an operation, one after the other. What was answered is added to `answered`.
    fn operation(&mut self, adapter: &dyn Adapter, op: &str, answered: &mut Vec<(PlannedCall, Reply)>) {
        let mut tally = Tally { op: op.to_owned(), ..Tally::default() };
        let mut shaped = true;
        let mut unsupported = String::new();
        for probe in probes(op) {
            let reply = adapter.call(op, &probe.input);
            match &reply {
                Reply::Ok(answer) => {
                    tally.ok += 1;
                    shaped = shaped && self.is_shaped(op, answer);
                }
                Reply::Rejected { .. } => tally.rejected += 1,
                Reply::Unsupported { reason } => {
                    tally.unsupported += 1;
                    unsupported.clone_from(reason);
                }
                Reply::Crashed { .. } | Reply::Garbled { .. } | Reply::Silent { .. } => tally.lost += 1,
            }
            self.judge(op, &probe, &reply);
            let lost = matches!(&reply, Reply::Silent { .. })
                || matches!(&reply, Reply::Crashed { detail } if is_death(detail));
            if lost && probe.aim == Aim::Plain {
                // Whoever does not get over the plain input would only cost time with the others.
                self.stuck = self.tallies.is_empty();
                break;
            }
            let counts = matches!(reply, Reply::Ok(_) | Reply::Rejected { .. } | Reply::Unsupported { .. });
            if counts && probe.aim != Aim::Long {
                answered.push((PlannedCall { op: op.to_owned(), input: probe.input }, reply));
            }
        }
        if tally.unsupported > 0 && tally.ok + tally.rejected + tally.lost == 0 {
            self.problem(
                format!("`{op}` is announced, and every input of it is `unsupported`"),
                unsupported,
                "`hello` announces an operation that the adapter does not have, or the members of the input have other names",
                "announce what the library offers; the table in targets/ADAPTERS.md has the names of the members",
            );
        }
        self.tallies.push(tally);
    }

    /// What the reply to a probe means beyond its being one.
    fn judge(&mut self, op: &str, probe: &Probe, reply: &Reply) {
        let input = cut(&probe.input);
        match (probe.aim, reply) {
            (Aim::Plain, Reply::Rejected { kind, message }) => self.notes.push(format!(
                "`{op}` refuses its plain input {input} ({kind}: {message}); a run will call that a failure, unless the library means it"
            )),
            (_, Reply::Crashed { detail }) => {
                let about = probe.about;
                let note = format!("`{op}` answers {about} with `crashed`, which a run will call a failure: {detail}");
                self.crashes.push(Crash { op: op.to_owned(), note, detail: detail.clone() });
            }
            _ => {}
        }
    }

    /// Whether an answer has the member that its operation asks for; where not, that is a problem.
    fn is_shaped(&mut self, op: &str, answer: &Value) -> bool {
        let Some(member) = operations::find(op).and_then(|row| row.ok.first().copied()) else { return true };
        let (wanted, fits): (&str, fn(&Value) -> bool) = match member {
            "text" | "header" | "plan" => ("a string", Value::is_string),
            "covered" | "granted" | "valid" => ("true or false", Value::is_boolean),
            _ => ("an array", Value::is_array),
        };
        let found = answer.get(member);
        // A string that is no text travels as an object.
        if found.is_some_and(|value| fits(value) || (wanted == "a string" && value.is_object())) {
            return true;
        }
        let what = match found {
            Some(_) => format!("`{member}` in the answer to `{op}` is not {wanted}"),
            None => format!("the answer to `{op}` has no `{member}`"),
        };
        let names = answer.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
        let near = nearest(member, names, 1).first().map(|near| format!("; `{near}` may be meant for it"));
        self.problem(
            what,
            cut(&answer.to_string()),
            "the answer has other names or types than the table of the protocol",
            &format!(
                "answer `{op}` with {{\"ok\":{{\"{member}\":...}}}}, {wanted}{}",
                near.unwrap_or_default()
            ),
        );
        false
    }

    /// An operation that was not announced is `unsupported`.
    fn unknown_operation(&mut self, adapter: &dyn Adapter) {
        let reply = adapter.call(UNKNOWN, "{}");
        let (what, seen) = match &reply {
            Reply::Ok(answer) => ("answered", answer.to_string()),
            Reply::Rejected { message, .. } => ("refused", message.clone()),
            Reply::Crashed { detail } if is_death(detail) => {
                self.crashes.push(Crash {
                    op: UNKNOWN.to_owned(),
                    note: String::new(),
                    detail: detail.clone(),
                });
                return;
            }
            Reply::Crashed { detail } => ("answered with a crash", detail.clone()),
            Reply::Silent { detail } => ("not answered at all", detail.clone()),
            Reply::Unsupported { .. } | Reply::Garbled { .. } => return,
        };
        self.problem(
            format!("an operation that was not announced, `{UNKNOWN}`, is {what}"),
            cut(&seen),
            "the name of the operation is looked up without a case for those that are not there",
            "answer with `unsupported` and a reason",
        );
    }

    /// As many calls at once as are promised, each answered as it was alone.
    fn all_at_once(&mut self, adapter: &dyn Adapter, answered: &[(PlannedCall, Reply)]) {
        let window = adapter.hello().max_in_flight.max(1);
        if window == 1 {
            self.notes.push(
                "one call is made at a time; `max_in_flight: 64` in `hello` would let them wait in the pipe, and a run takes a fraction of the time"
                    .to_owned(),
            );
            return;
        }
        let (calls, alone): (Vec<_>, Vec<_>) = answered.iter().cycle().take(window).cloned().unzip();
        let replies = adapter.call_all(&calls);
        self.at_once = calls.len();
        let differs = |alone: &Reply, now: &Reply| match (alone, now) {
            (Reply::Ok(alone), Reply::Ok(now)) => alone != now,
            _ => discriminant(alone) != discriminant(now),
        };
        let found = calls.iter().zip(alone.iter().zip(&replies)).find(|(_, (alone, now))| {
            !matches!(now, Reply::Silent { .. } | Reply::Garbled { .. } | Reply::Crashed { .. })
                && differs(alone, now)
        });
        if let Some((call, (alone, now))) = found {
            self.problem(
                format!("among {} calls at once, `{}` of {} is answered in another way than alone", calls.len(), call.op, cut(&call.input)),
                format!("alone {}, now {}", said(alone), said(now)),
                "replies get the `seq` of another call, or one call leaves something behind that changes the next",
                "keep what belongs to a call with the call; where the library cannot, leave `max_in_flight` out",
            );
        }
    }

    /// What the driver has seen of the conversation.
    fn conduct(&mut self, conduct: &Conduct, window: usize) {
        let mut problems: Vec<Problem> = conduct.breaches.iter().map(hints::explained).collect();
        for crash in std::mem::take(&mut self.crashes) {
            let named = format!("`{}`", crash.op);
            let death = problems.iter_mut().find(|p| p.rule == Some(Rule::Life) && p.what.contains(&named));
            match death {
                // The last words are the ones that say it, and the driver keeps the first.
                Some(death) => {
                    let last = crash
                        .detail
                        .split_once("; last on standard error: ")
                        .map(|(_, last)| last.to_owned());
                    death.seen.extend(last.filter(|last| !death.seen.contains(last)));
                }
                // A death is told by its breach; what is left was said in a reply.
                None if crash.note.is_empty() => {}
                None => self.notes.push(crash.note),
            }
        }
        // The check itself says what it means that this call was not answered.
        problems.retain(|problem| problem.rule != Some(Rule::Time) || !problem.what.contains(UNKNOWN));
        hints::without_consequences(&mut problems);
        let mut problems = hints::merged(problems);
        problems.append(&mut self.problems);
        self.problems = problems;
        let explained = conduct.breaches.iter().any(|breach| matches!(breach.rule, Rule::Time | Rule::Life));
        if conduct.restarts > 0 && !explained {
            self.problem(
                format!("with up to {window} calls in flight it stops answering; alone, each of them is answered"),
                format!("started {} times more", conduct.restarts),
                "whatever was read at once is taken for one line, or a reply is only written when the next call comes",
                "split what was read at line feeds and keep the rest for the next read; or leave `max_in_flight` out",
            );
        }
        if self.tallies.is_empty() && !self.stuck {
            self.problem(
                "`hello` announces no operation that the protocol knows, so nothing can be tested".to_owned(),
                "operations: []".to_owned(),
                "the list is empty, or its names are not those of the protocol",
                "announce what the library offers, such as [\"parse\"]",
            );
        }
    }
}

/// Whether the adapter itself died; a crash of the library is told in its own words.
fn is_death(detail: &str) -> bool {
    ["exit status ", "ended by ", "its standard output "].iter().any(|how| detail.starts_with(how))
}

/// A reply in a few words.
fn said(reply: &Reply) -> String {
    match reply {
        Reply::Ok(answer) => cut(&answer.to_string()),
        Reply::Rejected { .. } => "rejected".to_owned(),
        Reply::Unsupported { .. } => "unsupported".to_owned(),
        Reply::Crashed { .. } => "crashed".to_owned(),
        Reply::Garbled { detail } | Reply::Silent { detail } => cut(detail),
    }
}

/// A text, cut to what fits into a line.
fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} ... ({} octets)", text.get(..end).unwrap_or_default(), text.len()),
        None => text.to_owned(),
    }
}
