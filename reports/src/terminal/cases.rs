//! The areas, and in each the cases that a reader has to see.

use super::checks;
use super::page::{Ink, Page};
use super::{TerminalOptions, expectations::touches};
use crate::areas::areas;
use crate::{CaseResult, CheckResult, Counts, Expectation, Grade, Results};

const INDENT: usize = 2;

/// How many cases of an area are shown that only record a behaviour: the others would bury what decides.
const FEW: usize = 3;

/// Writes the areas in the order of the results: a line with its counts for each, and under it what is to be shown.
pub(super) fn write(page: &mut Page<'_>, results: &Results) {
    let areas: Vec<_> = areas(results).collect();
    let width = areas.iter().map(|(title, _)| title.chars().count()).max().unwrap_or_default();
    page.gap();
    for (title, cases) in areas {
        let shown: Vec<_> = cases.iter().copied().filter(|case| is_shown(case, page.options)).collect();
        if shown.is_empty() && page.options.quiet {
            continue;
        }
        if !shown.is_empty() {
            page.gap();
        }
        page.heading(&title, width, &tally(&cases));
        let mut observed = 0;
        for case in &shown {
            observed += usize::from(is_only_observed(case));
            if observed <= FEW || !is_only_observed(case) || page.options.verbose {
                write_case(page, case);
            }
        }
        if observed > FEW && !page.options.verbose {
            let more = format!("and {} more; -v shows them", observed - FEW);
            page.field(INDENT, Ink::Of(Grade::Observed), Grade::Observed.word(), &more);
        }
        if !shown.is_empty() {
            page.gap();
        }
    }
}

fn tally(cases: &[&CaseResult]) -> String {
    let counts = Counts::of(cases.iter().copied()).cases;
    let parts: Vec<_> = Grade::ALL
        .into_iter()
        .filter(|grade| counts.of(*grade) > 0)
        .map(|grade| format!("{} {grade}", counts.of(grade)))
        .collect();
    parts.join(", ")
}

/// A case and its checks as plain text, for formats that show them to people inside something else.
pub(crate) fn details(case: &CaseResult) -> String {
    let options = TerminalOptions::default();
    let mut page = Page::new(&options);
    page.prose(0, Ink::Plain, &headline(case));
    write_body(&mut page, case, 0);
    page.finish()
}

fn is_shown(case: &CaseResult, options: &TerminalOptions) -> bool {
    if options.verbose {
        return true;
    }
    // What is only blocked or not applicable is counted by reason further down.
    let decides = |check: &CheckResult| {
        let excused = matches!(check.expectation, Expectation::Expected { .. });
        touches(&check.expectation) || (is_grave(check.grade) && !excused)
    };
    let worth_knowing =
        |check: &CheckResult| is_grave(check.grade) || matches!(check.grade, Grade::Warn | Grade::Observed);
    (case.checks.is_empty() && is_grave(case.grade))
        || case.checks.iter().any(decides)
        || (!options.quiet && case.checks.iter().any(worth_knowing))
}

fn is_only_observed(case: &CaseResult) -> bool {
    case.grade == Grade::Observed && !case.checks.iter().any(|check| touches(&check.expectation))
}

fn is_grave(grade: Grade) -> bool {
    matches!(grade, Grade::Fail | Grade::Error)
}

fn write_case(page: &mut Page<'_>, case: &CaseResult) {
    let in_full = case.checks.iter().any(|check| checks::in_full(check, page.options));
    if in_full {
        page.gap();
    }
    page.field(INDENT, Ink::Of(case.grade), case.grade.word(), &case.id);
    if in_full || page.options.verbose {
        page.continued(INDENT, Ink::Faint, &headline(case));
    }
    write_body(page, case, INDENT);
    if in_full {
        page.gap();
    }
}

fn headline(case: &CaseResult) -> String {
    format!("{} ({})", case.title, case.impact)
}

fn write_body(page: &mut Page<'_>, case: &CaseResult, indent: usize) {
    // A check that says the same spares the reader the second time.
    let reason =
        case.reason.as_ref().filter(|reason| !case.checks.iter().any(|check| check.message == **reason));
    if let Some(reason) = reason {
        page.field(indent + 2, Ink::Faint, "reason", reason);
    }
    let mut any_in_full = false;
    for check in &case.checks {
        if checks::in_full(check, page.options) {
            any_in_full = true;
            checks::write_in_full(page, check, indent + 2);
        } else if checks::in_brief(check, page.options) {
            checks::write_in_brief(page, check, indent + 2);
        }
    }
    if page.options.verbose {
        for step in &case.steps {
            let outcome = step.outcome.as_deref().unwrap_or("not reached");
            let events =
                if step.events.is_empty() { String::new() } else { format!(" [{}]", step.events.join(" ")) };
            page.field(
                indent + 2,
                Ink::Faint,
                "step",
                &format!("{} ({}): {outcome}{events}", step.id, step.verb),
            );
        }
    }
    if any_in_full || case.grade == Grade::Error {
        page.verbatim(indent + 2, "rerun", &case.rerun);
    }
}
