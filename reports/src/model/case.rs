//! A case that has run.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CheckResult, Exchange, Grade};

/// The result of one case under one variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseResult {
    /// The full id of the instance, such as `server/refresh/matrix@client=public,row=wider`.
    pub id: String,
    /// The id of the case without its variant, such as `server/refresh/matrix`.
    pub case: String,
    /// The axes of this variant and their values, sorted by name.
    pub variant: IndexMap<String, String>,
    /// What the case is about, in one sentence.
    pub title: String,
    /// The subject under test: `library`, `server`, `resource` or `client`.
    pub subject: String,
    /// The area that reports group by, such as `server/refresh`.
    pub area: String,
    /// What is at stake: `escalation`, `leak`, `denial`, `interop` or `cosmetic`.
    pub impact: String,
    /// The worst grade of its checks.
    pub grade: Grade,
    /// Why the case is `n/a`, `blocked` or `error`: what is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The table of the target that the case ran against.
    pub table: String,
    /// When the case started (RFC 3339).
    pub started: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Its verdicts, in the order of the case file.
    pub checks: Vec<CheckResult>,
    /// Everything that was sent and received, redacted, in order.
    pub exchanges: Vec<Exchange>,
    /// What each step came to, in order.
    pub steps: Vec<StepNote>,
    /// The command that runs this instance alone.
    pub rerun: String,
}

/// What one step of a case came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepNote {
    /// The id of the step within its case.
    pub id: String,
    /// Its verb, such as `refresh`.
    pub verb: String,
    /// Its outcome, such as `narrower+unsaid` or `refused:invalid_scope`; absent if the step was not reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The witness events that it raised, such as `decided`.
    pub events: Vec<String>,
}
