//! What could not be exercised and what did not apply, counted by reason.

use indexmap::IndexMap;

use super::expectations::counted;
use super::page::{Ink, Page};
use crate::{CaseResult, Grade, Results};

/// So many ids are named for a reason before the rest is only counted.
const NAMED: usize = 3;

/// Writes the reasons, the most frequent first.
pub(super) fn write(page: &mut Page<'_>, results: &Results) {
    write_grade(page, results, Grade::Blocked, "could not be exercised");
    if !page.options.quiet {
        write_grade(page, results, Grade::NotApplicable, "did not apply");
    }
}

fn write_grade(page: &mut Page<'_>, results: &Results, grade: Grade, what: &str) {
    let mut reasons: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for case in results.cases.iter().filter(|case| case.grade == grade) {
        reasons.entry(reason(case)).or_default().push(&case.id);
    }
    if reasons.is_empty() {
        return;
    }
    let total = reasons.values().map(Vec::len).sum();
    page.gap();
    page.field(0, Ink::Of(grade), grade.word(), &format!("{} {what}", counted(total, "case")));
    // A stable sort: reasons of equal weight stay in the order of the cases.
    reasons.sort_by(|_, a, _, b| b.len().cmp(&a.len()));
    for (reason, ids) in reasons {
        page.field(2, Ink::Plain, &format!("{:>6}", ids.len()), reason);
        // A verbose report has shown each of them above.
        if grade == Grade::Blocked && !page.options.verbose {
            for id in ids.iter().take(NAMED) {
                page.continued(2, Ink::Faint, id);
            }
            if let Some(rest) = ids.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
                page.continued(2, Ink::Faint, &format!("and {rest} more, shown with -v"));
            }
        }
    }
}

/// The case's own reason, else what its first check of the same grade says.
fn reason(case: &CaseResult) -> &str {
    case.reason
        .as_deref()
        .or_else(|| {
            case.checks.iter().find(|check| check.grade == case.grade).map(|check| check.message.as_str())
        })
        .unwrap_or("no reason was recorded")
}
