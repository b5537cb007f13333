//! The last event of a log: how the run ended.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Counts, Expectation};

/// How the run ended. A log without it belongs to a run that was cut short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Footer {
    /// When the run ended (RFC 3339).
    pub finished: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// How many cases and checks ended in each grade.
    pub counts: Counts,
    /// The exit code of design.md section 3.
    pub exit_code: u8,
    /// Why that exit code, in words.
    pub exit_reason: String,
    /// Whether somebody interrupted the run; what is recorded is valid.
    pub interrupted: bool,
    /// What the run created on the target and could not remove again.
    pub leftovers: Vec<String>,
    /// The entries of `expected.toml` that match no case in the catalogue.
    pub unmatched: Vec<String>,
    /// The entries of `expected.toml` whose checks pass now.
    pub stale: Vec<String>,
    /// Entries for `expected.toml`, ready to paste, for what failed unexpectedly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paste: Option<String>,
    /// The commands to type next.
    pub next: Vec<String>,
    /// What a reader has to know about the run as a whole, such as that the server grants any scope.
    pub notes: Vec<String>,
    /// How verdicts compare with `expected.toml`, by check id. Only the end of a run knows (an entry is stale where nothing needs it any
    /// more), so the log carries it here; the fold moves it into the checks.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub expectations: IndexMap<String, Expectation>,
}
