//! The seven grades of design.md section 2.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The verdict of a check, or of a case, which has the worst grade of its checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Grade {
    /// Exercised and met; carries its witness.
    #[serde(rename = "pass")]
    Pass,
    /// A MUST or MUST NOT is broken, or rights were gained.
    #[serde(rename = "fail")]
    Fail,
    /// A SHOULD is broken, or the requirement is our own inference.
    #[serde(rename = "warn")]
    Warn,
    /// The standards leave it open: a named behaviour is recorded.
    #[serde(rename = "observed")]
    Observed,
    /// A declared or discovered capability is missing.
    #[serde(rename = "n/a")]
    NotApplicable,
    /// Applies, but could not be exercised.
    #[serde(rename = "blocked")]
    Blocked,
    /// The fault of the suite or of the environment, never of the subject.
    #[serde(rename = "error")]
    Error,
}

impl Grade {
    /// Every grade, in the order in which people read a summary.
    pub const ALL: [Self; 7] =
        [Self::Pass, Self::Fail, Self::Warn, Self::Observed, Self::NotApplicable, Self::Blocked, Self::Error];

    /// The word for this grade, as it stands in every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Observed => "observed",
            Self::NotApplicable => "n/a",
            Self::Blocked => "blocked",
            Self::Error => "error",
        }
    }

    /// The place in `fail > error > blocked > warn > observed > pass > n/a`; a higher rank is worse.
    pub fn severity_rank(self) -> u8 {
        match self {
            Self::NotApplicable => 0,
            Self::Pass => 1,
            Self::Observed => 2,
            Self::Warn => 3,
            Self::Blocked => 4,
            Self::Error => 5,
            Self::Fail => 6,
        }
    }

    /// The worst of several grades, or `None` if there are none.
    pub fn worst(grades: impl IntoIterator<Item = Self>) -> Option<Self> {
        grades.into_iter().max_by_key(|grade| grade.severity_rank())
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A word that is not a grade.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a grade; write one of pass, fail, warn, observed, n/a, blocked, error")]
pub struct UnknownGrade(pub String);

impl FromStr for Grade {
    type Err = UnknownGrade;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|grade| grade.word() == word).ok_or_else(|| UnknownGrade(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_grade_follows_the_order_of_the_design() {
        let mut grades = Grade::ALL;
        grades.sort_by_key(|grade| std::cmp::Reverse(grade.severity_rank()));
        let words: Vec<_> = grades.iter().map(ToString::to_string).collect();
        assert_eq!(words.join(" > "), "fail > error > blocked > warn > observed > pass > n/a");
        assert_eq!(Grade::worst([Grade::Pass, Grade::Blocked, Grade::Warn]), Some(Grade::Blocked));
        assert_eq!(Grade::worst([]), None);
    }

    #[test]
    fn the_word_of_a_grade_is_the_same_in_json_and_in_text_and_reads_back() {
        for grade in Grade::ALL {
            assert_eq!(serde_json::to_value(grade).unwrap(), grade.word());
            assert_eq!(grade.word().parse(), Ok(grade));
        }
        insta::assert_snapshot!("NA".parse::<Grade>().unwrap_err(),
            @"`NA` is not a grade; write one of pass, fail, warn, observed, n/a, blocked, error");
    }
}
