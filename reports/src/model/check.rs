//! A verdict, with what it rests on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Expectation, Grade};

/// One verdict inside a case, tied to one requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckResult {
    /// The full id, `case@variant#slug`.
    pub id: String,
    /// The slug within the case, the same whether the check passes or fails.
    pub slug: String,
    /// The requirement that is judged.
    pub requirement: RequirementRef,
    /// The verdict.
    pub grade: Grade,
    /// What was found, in one sentence.
    pub message: String,
    /// What to look for in order to mend it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Expected against actual, where the check compares sets or values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// The recorded event that proves that the stimulus arrived. A `pass` has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
    /// The named behaviour, where the standards leave it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<String>,
    /// The exchanges that the verdict rests on, as indices into those of the case.
    pub evidence: Vec<usize>,
    /// A command that sends the deciding request again, with secrets as shell variables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
    /// How the verdict compares with `expected.toml`.
    pub expectation: Expectation,
    /// The subject that is responsible: `library`, `server`, `resource` or `client`.
    pub responsible: String,
}

/// The requirement behind a check, as far as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementRef {
    /// Its id, such as `RFC6749-6-1`.
    pub id: String,
    /// The document, such as `RFC 6749`.
    pub source: String,
    /// The place in that document, such as `6` or, for documents without numbers, a heading.
    pub section: String,
    /// `MUST`, `MUST NOT`, `SHOULD`, `SHOULD NOT`, `MAY` or `REQUIRED`.
    pub level: String,
    /// What is required, in our own words.
    pub summary: String,
    /// A link to the section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Expected against actual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// What was expected, such as `within: a b`.
    pub expected: String,
    /// What was found, such as `a b admin`.
    pub actual: String,
    /// The elements that should be there and are not.
    pub missing: Vec<String>,
    /// The elements that are there and should not be.
    pub extra: Vec<String>,
}

/// The recorded event that proves that a stimulus reached what it judges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Witness {
    /// The event, such as `decided`.
    pub event: String,
    /// The step that raised it.
    pub step: String,
    /// The exchange that shows it, as an index into those of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange: Option<usize>,
    /// What was seen, such as `200 from the token endpoint`.
    pub detail: String,
}
