//! How an adapter kept to a rule of the protocol, judged when the conversation is over.

use scopecheck_reports::{Difference, Grade, StepNote, Witness, escape};
use scopecheck_scenarios::{catalog::Catalog, model::Case, protocol::find_rule};

use super::{Breach, Conduct, Hello, PlannedCall, Rule, show::brief};
use crate::judge::Judged;

/// Whether a case judges the conversation with an adapter, and so has to be run after all others.
pub fn is_of_protocol(case: &Case) -> bool {
    case.protocol.is_some()
}

/// Whether the cases of an area judge how a library talks and what it declares. That both are in order says nothing about what the library does.
pub fn is_of_manners(area: &str) -> bool {
    matches!(area, "library/protocol" | "library/dialect")
}

/// The call of every vector whose operation the library offers: a conversation to judge where nothing else has been selected.
pub(super) fn conversation(hello: &Hello, catalog: &Catalog) -> Vec<PlannedCall> {
    let vectors = catalog.cases.values().filter_map(|loaded| loaded.case.vector.as_ref());
    let offered = vectors.filter(|vector| hello.offers(vector.op.as_str()));
    offered
        .map(|vector| PlannedCall { op: vector.op.value.clone(), input: vector.input.text().to_owned() })
        .collect()
}

/// The verdict on a rule, with a note on each breach of it. `None` stands for a library in this process.
pub(super) fn judge(word: &str, conduct: Option<&Conduct>) -> (Judged, Vec<StepNote>) {
    let Some((rule, known)) = Rule::find(word).zip(find_rule(word)) else {
        let why = format!("the protocol has no rule `{word}`");
        return (Judged::plain(Grade::Error, why), Vec::new());
    };
    let Some(conduct) = conduct else {
        let why = "the library runs in this process, so it speaks no protocol";
        return (Judged::plain(Grade::NotApplicable, why), Vec::new());
    };
    let breaches: Vec<&Breach> = conduct.breaches.iter().filter(|breach| breach.rule == rule).collect();
    let notes = breaches.iter().enumerate().map(|(number, breach)| note(number + 1, breach)).collect();
    let witness = witness(conduct);
    let judged = match breaches.first() {
        Some(first) => Judged {
            difference: Some(Difference {
                expected: known.sentence.to_owned(),
                actual: brief(&escape::line(&first.evidence)),
                missing: Vec::new(),
                extra: Vec::new(),
            }),
            witness: Some(witness),
            // Of a library that is silent nothing is known.
            ..Judged::plain(
                if rule == Rule::Time { Grade::Blocked } else { Grade::Fail },
                broken(first, breaches.len() - 1),
            )
        },
        None if conduct.replies == 0 => {
            let why = format!("none of {} calls was answered, so nothing is known about this", conduct.calls);
            Judged::plain(Grade::Blocked, why)
        }
        None => Judged { witness: Some(witness), ..Judged::plain(Grade::Pass, known.sentence) },
    };
    (judged, notes)
}

/// What was seen, what usually causes it and how it is mended.
fn broken(breach: &Breach, others: usize) -> String {
    let often = if breach.times > 1 { format!(", {} times", breach.times) } else { String::new() };
    let further = match others {
        0 => String::new(),
        1 => " (and 1 more breach of this rule)".to_owned(),
        _ => format!(" (and {others} more breaches of this rule)"),
    };
    let what = escape::line(&breach.what);
    format!("{what}{often}{further}; usual cause: {}; mend: {}", breach.cause, breach.mend)
}

fn note(number: usize, breach: &Breach) -> StepNote {
    let shown = format!("{} -> {}", escape::line(&breach.what), brief(&escape::line(&breach.evidence)));
    StepNote {
        id: format!("breach-{number}"),
        verb: breach.rule.word().to_owned(),
        outcome: Some(shown),
        events: Vec::new(),
    }
}

fn witness(conduct: &Conduct) -> Witness {
    let restarts = match conduct.restarts {
        0 => String::new(),
        1 => ", started once more".to_owned(),
        times => format!(", started {times} times more"),
    };
    Witness {
        event: "answered".to_owned(),
        step: "protocol".to_owned(),
        exchange: None,
        detail: format!("{} calls, {} replies{restarts}", conduct.calls, conduct.replies),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use scopecheck_scenarios::protocol::RULES;

    use super::*;

    fn breach(rule: Rule, times: u64) -> Breach {
        Breach {
            rule,
            what: "a line on standard output is no JSON object".to_owned(),
            cause: "something prints to standard output",
            mend: "write to standard error instead",
            evidence: "parsing \u{1b}[31ma b\u{202e}".to_owned(),
            times,
        }
    }

    fn told(word: &str, conduct: Option<&Conduct>) -> String {
        let (judged, notes) = judge(word, conduct);
        let mut text = format!("{}: {}", judged.grade, judged.message);
        if let Some(difference) = judged.difference {
            let _ = write!(text, "\n  expected {}\n  actual   {}", difference.expected, difference.actual);
        }
        if let Some(witness) = judged.witness {
            let _ = write!(text, "\n  witness  {}.{}: {}", witness.step, witness.event, witness.detail);
        }
        for note in notes {
            let _ = write!(text, "\n  {} {}: {}", note.id, note.verb, note.outcome.unwrap_or_default());
        }
        text
    }

    #[test]
    fn the_rules_of_the_data_are_those_of_the_driver() {
        let words: Vec<&str> = RULES.iter().map(|rule| rule.word).collect();
        assert_eq!(words, Rule::ALL.map(Rule::word));
    }

    #[test]
    fn a_rule_that_was_kept_says_over_how_many_calls() {
        let kept = Conduct { calls: 12, replies: 12, ..Conduct::default() };
        insta::assert_snapshot!(told("replies", Some(&kept)), @r"
        pass: each call is answered once, under its own `seq`
          witness  protocol.answered: 12 calls, 12 replies
        ");
    }

    #[test]
    fn a_breach_fails_its_own_rule_and_says_what_to_do() {
        let breaches = vec![breach(Rule::Lines, 3), breach(Rule::Lines, 1), breach(Rule::End, 1)];
        let broken = Conduct { calls: 12, replies: 10, restarts: 2, breaches };
        insta::assert_snapshot!(told("lines", Some(&broken)), @r"
        fail: a line on standard output is no JSON object, 3 times (and 1 more breach of this rule); usual cause: something prints to standard output; mend: write to standard error instead
          expected standard output holds one JSON object a line, in UTF-8 and at most 16 MiB, and nothing else
          actual   parsing \u{1b}[31ma b\u{202e}
          witness  protocol.answered: 12 calls, 10 replies, started 2 times more
          breach-1 lines: a line on standard output is no JSON object -> parsing \u{1b}[31ma b\u{202e}
          breach-2 lines: a line on standard output is no JSON object -> parsing \u{1b}[31ma b\u{202e}
        ");
        assert!(told("members", Some(&broken)).starts_with("pass: "));
    }

    #[test]
    fn silence_is_blocked_and_never_green() {
        let slow = Conduct { calls: 2, replies: 1, breaches: vec![breach(Rule::Time, 1)], restarts: 0 };
        assert!(told("time", Some(&slow)).starts_with("blocked: "));
        let silent = Conduct { calls: 3, ..Conduct::default() };
        insta::assert_snapshot!(told("members", Some(&silent)), @"blocked: none of 3 calls was answered, so nothing is known about this");
    }

    #[test]
    fn a_library_in_this_process_speaks_no_protocol() {
        insta::assert_snapshot!(told("lines", None), @"n/a: the library runs in this process, so it speaks no protocol");
        insta::assert_snapshot!(told("line", None), @"error: the protocol has no rule `line`");
    }
}
