//! One entry of `expected.toml`.

use indexmap::IndexMap;
use jiff::civil::Date;
use scopecheck_reports::{CaseResult, CheckResult, Grade};
use scopecheck_scenarios::model::Word;

use super::CatalogCase;
use crate::filter::Glob;

/// A known deviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The cases, by id or pattern, without a variant.
    pub case: Glob,
    /// The checks within them, by slug or pattern; every check if absent.
    pub check: Option<Glob>,
    /// The axes of the variants that are meant, `row` and `table` among them; every variant if empty.
    pub variant: IndexMap<String, Glob>,
    /// The grade that is expected.
    pub grade: ListedGrade,
    /// Why this is known, in a sentence.
    pub reason: String,
    /// Where it is tracked.
    pub issue: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The last day on which it excuses.
    pub expires: Option<Date>,
    /// Where the entry stands.
    pub line: usize,
}

/// The grades that an entry may list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedGrade {
    /// `fail`.
    Fail,
    /// `warn`.
    Warn,
    /// `blocked`.
    Blocked,
}

impl From<ListedGrade> for Grade {
    fn from(listed: ListedGrade) -> Self {
        match listed {
            ListedGrade::Fail => Self::Fail,
            ListedGrade::Warn => Self::Warn,
            ListedGrade::Blocked => Self::Blocked,
        }
    }
}

/// The axis that means the table of the target, beside those of the case.
pub(super) const TABLE: &str = "table";
/// The axis that means the row of a table-driven case.
pub(super) const ROW: &str = "row";

impl Entry {
    /// Whether the entry speaks about this check. An entry for a whole case speaks about its grade, which is that of its worst checks: a
    /// milder one beside them is not what was listed, and has not changed.
    pub(super) fn covers(&self, case: &CaseResult, check: &CheckResult) -> bool {
        let milder = self.check.is_none()
            && case.grade == Grade::from(self.grade)
            && matches!(check.grade, Grade::Warn | Grade::Blocked)
            && check.grade != case.grade;
        !milder
            && self.case.matches(&case.case)
            && self.check.as_ref().is_none_or(|glob| glob.matches(&check.slug))
            && self.variant.iter().all(|(axis, glob)| match axis.as_str() {
                TABLE => glob.matches(&case.table),
                _ => case.variant.get(axis).is_some_and(|value| glob.matches(value)),
            })
    }

    /// Whether the catalogue has anything that the entry could speak about.
    pub(super) fn names_something(&self, catalog: &[CatalogCase<'_>]) -> bool {
        catalog.iter().any(|case| {
            self.case.matches(case.id)
                && self.check.as_ref().is_none_or(|glob| case.checks.iter().any(|slug| glob.matches(slug)))
                && self.variant.iter().all(|(axis, glob)| axis == TABLE || case.has(axis, glob))
        })
    }

    /// Whether the entry can mean one check of one instance only, whatever else was selected.
    pub(super) fn means_one(&self, catalog: &[CatalogCase<'_>]) -> bool {
        let check = self.check.as_ref().is_some_and(Glob::is_literal);
        let axes = self.variant.values().all(Glob::is_literal);
        check
            && axes
            && self.case.is_literal()
            && catalog
                .iter()
                .filter(|case| self.case.matches(case.id))
                .all(|case| case.axes.iter().all(|(axis, _)| self.variant.contains_key(*axis)))
    }

    /// The entry in one line, for lists of entries that need attention.
    pub(super) fn summary(&self) -> String {
        let mut text = self.case.to_string();
        if !self.variant.is_empty() {
            let axes = self.variant.iter().map(|(axis, glob)| format!("{axis}={glob}")).collect::<Vec<_>>();
            text = format!("{text}@{}", axes.join(","));
        }
        if let Some(check) = &self.check {
            text = format!("{text}#{check}");
        }
        format!("{text} (line {}: {})", self.line, self.reason)
    }
}

/// Reads the word of a grade.
pub(super) fn listed_grade(word: &Word) -> Option<ListedGrade> {
    match word.as_str() {
        "fail" => Some(ListedGrade::Fail),
        "warn" => Some(ListedGrade::Warn),
        "blocked" => Some(ListedGrade::Blocked),
        _ => None,
    }
}
