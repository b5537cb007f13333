//! What `expected.toml` came to.

use super::page::{Ink, Page};
use crate::{Expectation, Results};

/// Whether an entry says something about a check that a reader has to see even where everything passes.
pub(super) fn touches(expectation: &Expectation) -> bool {
    match expectation {
        Expectation::Unexpected
        | Expectation::Stale { .. }
        | Expectation::Changed { .. }
        | Expectation::Expired { .. } => true,
        Expectation::None | Expectation::Expected { .. } | Expectation::NoSignal { .. } => false,
    }
}

/// Writes the entries that did their work, and those that did not.
pub(super) fn write(page: &mut Page<'_>, results: &Results) {
    let checks = || results.cases.iter().flat_map(|case| &case.checks);
    let excused = checks().filter(|check| matches!(check.expectation, Expectation::Expected { .. })).count();
    let silent: Vec<_> =
        checks().filter(|check| matches!(check.expectation, Expectation::NoSignal { .. })).collect();
    let stale = results.footer.iter().flat_map(|footer| &footer.stale);
    let unmatched = results.footer.iter().flat_map(|footer| &footer.unmatched);

    let mut entries: Vec<(&str, String)> = Vec::new();
    if !page.options.quiet {
        if excused > 0 {
            entries.push(("expected", format!("{}, as listed", counted(excused, "check"))));
        }
        entries.extend(silent.iter().map(|check| ("no signal", check.id.clone())));
    }
    entries.extend(stale.map(|entry| ("stale", entry.clone())));
    entries.extend(unmatched.map(|entry| ("unmatched", entry.clone())));
    if entries.is_empty() {
        return;
    }
    page.gap();
    page.line(0, Ink::Strong, "expected.toml");
    for (word, text) in entries {
        page.field(2, Ink::Faint, word, &text);
    }
}

/// A number and its noun.
pub(super) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
