//! The areas that every report for people and CI groups by.

use indexmap::IndexMap;

use crate::{CaseResult, Results};

/// The areas in the order of the results, each with its title and its cases.
///
/// The same instance may have run against two tables of a target, so cases of a table other than the run's own stand
/// apart, under a title that says so.
pub(crate) fn areas(results: &Results) -> impl Iterator<Item = (String, Vec<&CaseResult>)> {
    let mut areas: IndexMap<_, Vec<_>> = IndexMap::new();
    for case in &results.cases {
        areas.entry((case.table.as_str(), case.area.as_str())).or_default().push(case);
    }
    areas.into_iter().map(|((table, area), cases)| {
        let own = table == results.header.target.table;
        (if own { area.to_owned() } else { format!("{area} (table {table})") }, cases)
    })
}
