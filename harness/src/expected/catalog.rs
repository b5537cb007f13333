//! What the catalogue offers to entries, so that one that can never match is told.

use scopecheck_scenarios::model::{Case, Word};

use super::entry::ROW;
use crate::{
    client::{EXIT_CLASS, with_exit},
    filter::Glob,
};

/// A case of the catalogue, whether this run selects it or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogCase<'a> {
    /// Its id.
    pub id: &'a str,
    /// The slugs of its checks.
    pub checks: Vec<&'a str>,
    /// Its axes with their values; the rows of a table-driven case are the axis `row`.
    pub axes: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> CatalogCase<'a> {
    /// What a case offers.
    pub fn of(case: &'a Case) -> Self {
        let named = |(axis, values): (&'a String, &'a Vec<Word>)| {
            (axis.as_str(), values.iter().map(Word::as_str).collect())
        };
        let mut axes: Vec<(&str, Vec<&str>)> = case.axes.iter().map(named).collect();
        if !case.rows.is_empty() {
            axes.push((ROW, case.rows.iter().map(|row| row.id.as_str()).collect()));
        }
        let exit_class = with_exit(case).next().map(|_| EXIT_CLASS);
        let checks = case.checks.iter().map(|check| check.id.as_str()).chain(exit_class).collect();
        Self { id: case.id.as_str(), checks, axes }
    }

    pub(super) fn has(&self, axis: &str, glob: &Glob) -> bool {
        self.axes.iter().any(|(name, values)| *name == axis && values.iter().any(|value| glob.matches(value)))
    }
}
