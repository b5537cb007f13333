//! What names a requirement or a contract, and what shows that a check can turn red.

use scopecheck_reference::faults::{self, FaultInfo};
use scopecheck_scenarios::{
    catalog::{Catalog, LoadedCase},
    model::{Check, Word},
};

/// The checks (`case#check`) that name this requirement or contract, themselves or in a row of their table.
pub(crate) fn checks_of(catalog: &Catalog, id: &str) -> Vec<String> {
    catalog
        .cases
        .values()
        .flat_map(|loaded| loaded.case.checks.iter().map(move |check| (&loaded.case.id, check)))
        .filter(|(_, check)| judged_by(check).any(|named| named == id))
        .map(|(case, check)| format!("{case}#{}", check.id))
        .collect()
}

/// The requirements and contracts that a check names.
pub(super) fn judged_by(check: &Check) -> impl Iterator<Item = &str> {
    let rows = check.outcomes.iter().filter_map(|row| row.requirement.as_ref());
    check.requirement.iter().chain(&check.contract).chain(rows).map(Word::as_str)
}

/// The faults that break this requirement or contract, one a line.
pub(super) fn faults_of(id: &str) -> Vec<String> {
    faults::all().iter().filter(|info| info.breaks == id).map(line).collect()
}

/// The scripts that turn this check red, one a line.
pub(super) fn scripts_of(loaded: &LoadedCase, check: &Check) -> Vec<String> {
    let scripts = loaded.scripts.iter().filter(|script| script.breaks.contains(&check.id));
    scripts.map(|script| format!("{}: {}", script.id, script.title)).collect()
}

fn line(info: &FaultInfo) -> String {
    format!("{} ({}, {}): {}", info.name, info.profile, info.standing, info.sentence)
}
