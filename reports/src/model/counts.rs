//! How many of each grade.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CaseResult, Grade};

/// How many cases and checks ended in each grade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// The cases.
    pub cases: Tally,
    /// The checks.
    pub checks: Tally,
}

impl Counts {
    /// Counts the grades of `cases` and of their checks.
    pub fn of<'a>(cases: impl IntoIterator<Item = &'a CaseResult>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.cases.add(case.grade);
            for check in &case.checks {
                counts.checks.add(check.grade);
            }
        }
        counts
    }
}

/// How many ended in each grade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// How many ended `pass`.
    pub pass: u64,
    /// How many ended `fail`.
    pub fail: u64,
    /// How many ended `warn`.
    pub warn: u64,
    /// How many ended `observed`.
    pub observed: u64,
    /// How many ended `n/a`.
    #[serde(rename = "n/a")]
    pub not_applicable: u64,
    /// How many ended `blocked`.
    pub blocked: u64,
    /// How many ended `error`.
    pub error: u64,
}

impl Tally {
    /// Counts one more of `grade`.
    pub fn add(&mut self, grade: Grade) {
        *match grade {
            Grade::Pass => &mut self.pass,
            Grade::Fail => &mut self.fail,
            Grade::Warn => &mut self.warn,
            Grade::Observed => &mut self.observed,
            Grade::NotApplicable => &mut self.not_applicable,
            Grade::Blocked => &mut self.blocked,
            Grade::Error => &mut self.error,
        } += 1;
    }

    /// How many ended in `grade`.
    pub fn of(&self, grade: Grade) -> u64 {
        match grade {
            Grade::Pass => self.pass,
            Grade::Fail => self.fail,
            Grade::Warn => self.warn,
            Grade::Observed => self.observed,
            Grade::NotApplicable => self.not_applicable,
            Grade::Blocked => self.blocked,
            Grade::Error => self.error,
        }
    }

    /// How many there are in all.
    pub fn total(&self) -> u64 {
        Grade::ALL.into_iter().map(|grade| self.of(grade)).sum()
    }
}
