//! The end of a run: what the expectations say, the exit code, and the footer of the event log.

use indexmap::IndexMap;
use scopecheck_reports::{CaseResult, Counts, Expectation, Footer};
use scopecheck_scenarios::catalog::Catalog;

use super::{
    Ended,
    exit::{ExitFacts, decide},
};
use crate::expected::{CatalogCase, Expected, Options};

/// The set of requirements that this version tests.
pub const REQUIREMENTS: &str = "2026.1";

/// What the end of a run depends on.
#[derive(Debug)]
pub struct Finish<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// What is known to deviate.
    pub expected: &'a Expected,
    /// How expectations are read.
    pub options: Options,
    /// `--allow-stale`.
    pub allow_stale: bool,
    /// How the work ended.
    pub ended: Ended,
    /// When it ended, RFC 3339.
    pub finished: String,
    /// How long it took.
    pub duration_ms: u64,
    /// What could not be cleaned up.
    pub leftovers: Vec<String>,
    /// Warnings about the run as a whole.
    pub notes: Vec<String>,
    /// What to type next.
    pub next: Vec<String>,
}

/// Compares the verdicts with the expectations and decides the exit code.
pub fn finish(mut cases: Vec<CaseResult>, finish: Finish<'_>) -> Footer {
    let catalog: Vec<CatalogCase<'_>> =
        finish.catalog.cases.values().map(|loaded| CatalogCase::of(&loaded.case)).collect();
    let applied = finish.expected.apply(&mut cases, &catalog, &finish.options);
    let exit = decide(
        &cases,
        ExitFacts {
            red: applied.unexpected_fail + applied.changed,
            open: applied.incomplete,
            stale: applied.stale.len(),
            unmatched: applied.unmatched.len(),
            allow_stale: finish.allow_stale,
            interrupted: finish.ended.interrupted,
            cut_short: finish.ended.cut_short,
            unfiltered: finish.options.unfiltered,
            bug: finish.ended.bug,
        },
    );
    let mut notes = finish.notes;
    if cases.iter().flat_map(|case| &case.checks).any(|check| check.observed.as_deref() == Some("free-form"))
    {
        notes.push("the server is free-form: it grants scopes that were made up for this run, so differential checks can show nothing".to_owned());
    }
    notes.extend(applied.no_signal.iter().map(|entry| format!("no signal for the expectation {entry}")));
    let expectations: IndexMap<String, Expectation> = cases
        .iter()
        .flat_map(|case| &case.checks)
        .filter(|check| check.expectation != Expectation::None)
        .map(|check| (check.id.clone(), check.expectation.clone()))
        .collect();
    let unexpected = expectations.values().any(|expectation| *expectation == Expectation::Unexpected);
    Footer {
        finished: finish.finished,
        duration_ms: finish.duration_ms,
        counts: Counts::of(&cases),
        exit_code: exit.code,
        exit_reason: exit.reason,
        interrupted: finish.ended.interrupted,
        leftovers: finish.leftovers,
        unmatched: applied.unmatched,
        stale: applied.stale,
        paste: (unexpected && !applied.paste.is_empty()).then_some(applied.paste),
        next: finish.next,
        notes,
        expectations,
    }
}
