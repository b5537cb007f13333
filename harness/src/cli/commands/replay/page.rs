//! What is shown of a finding and of what came of it.

use scopecheck_scenarios::laws::{self, Call, Reply};

use crate::{
    cli::{Sheet, Shell},
    findings::{Finding, Start},
    library::{Breach, NotRun, Replay, Replayed, brief_within, shown_within},
};

/// The longest text of an input or an answer; the whole of an input stands in the file.
const LONGEST: usize = 2_000;

/// The page: the finding, the calls, and the word on it at the end.
pub(super) fn page(shell: &Shell, name: &str, finding: &Finding, start: &Start, replay: &Replay) -> String {
    let mut sheet = Sheet::new(shell);
    sheet.heading(0, name);
    let sentence = laws::find(&finding.law).map_or_else(String::new, |law| format!(": {}", law.sentence));
    sheet.field(2, "law", &cut(&format!("{}{sentence}", finding.law)));
    let subject = &finding.subject;
    sheet.field(2, "subject", &cut(&format!("{} {}", subject.name, subject.version)));
    sheet.field(2, "started by", &cut(&start.to_string()));
    sheet.field(2, "seen", &seen(finding));
    sheet.field(2, "input", &cut(&finding.input.to_string()));
    let Replay { outcome, breaches } = replay;
    match outcome {
        Replayed::StillFailing { broken, calls: made, fickle } => {
            sheet.field(2, "expected", &cut(&broken.expected));
            sheet.field(2, "got", &cut(&broken.got));
            calls(&mut sheet, "calls", made.iter().map(of_law));
            broken_rules(&mut sheet, breaches);
            let but =
                if *fickle { "; asked once more, the library kept the law: its answers change" } else { "" };
            word(&mut sheet, &format!("still failing{but}"));
        }
        Replayed::Fixed { calls: made, controls } => {
            stored(&mut sheet, finding);
            calls(&mut sheet, "calls", made.iter().map(of_law));
            let planned = controls.iter().map(|(call, reply)| (call.op.as_str(), call.input.clone(), reply));
            calls(&mut sheet, "control", planned);
            broken_rules(&mut sheet, breaches);
            word(&mut sheet, "fixed");
        }
        Replayed::CouldNotRun(NotRun { why, help }) => {
            stored(&mut sheet, finding);
            broken_rules(&mut sheet, breaches);
            let mut lines = why.lines();
            word(&mut sheet, &cut(&format!("could not run: {}", lines.next().unwrap_or_default())));
            for line in lines {
                sheet.line(0, &cut(line));
            }
            sheet.line(0, &format!("help: {help}"));
        }
    }
    sheet.finish()
}

/// What was demanded and answered when it was stored.
fn stored(sheet: &mut Sheet, finding: &Finding) {
    sheet.field(2, "expected", &cut(&finding.expected));
    sheet.field(2, "got then", &cut(&finding.got));
}

/// An operation, its input and the reply.
type Shown<'a> = (&'a str, String, &'a Reply);

fn of_law((call, reply): &(Call, Reply)) -> Shown<'_> {
    (call.op, call.input.to_string(), reply)
}

fn calls<'a>(sheet: &mut Sheet, name: &str, calls: impl Iterator<Item = Shown<'a>>) {
    let lines = calls.flat_map(|(op, input, reply)| {
        [cut(&format!("{op} {input}")), format!("-> {}", shown_within(reply, LONGEST))]
    });
    sheet.list(2, name, lines);
}

/// What the adapter broke of the protocol, each with the line that shows it.
fn broken_rules(sheet: &mut Sheet, breaches: &[Breach]) {
    let lines = breaches.iter().flat_map(|breach| {
        let times = if breach.times > 1 { format!(" ({} times)", breach.times) } else { String::new() };
        let seen = Some(format!("seen: {}", cut(&breach.evidence))).filter(|_| !breach.evidence.is_empty());
        [Some(cut(&format!("{}: {}{times}", breach.rule.word(), breach.what))), seen].into_iter().flatten()
    });
    sheet.list(2, "breaches", lines);
}

fn word(sheet: &mut Sheet, word: &str) {
    sheet.gap();
    sheet.heading(0, word);
}

fn seen(finding: &Finding) -> String {
    let fixed = finding.fixed.as_ref().map_or_else(String::new, |fixed| format!(", fixed {fixed}"));
    format!("first {}, last {}{fixed}, seed {}", finding.first_seen, finding.last_seen, finding.seed)
}

fn cut(text: &str) -> String {
    brief_within(text, LONGEST)
}
