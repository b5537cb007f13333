//! How a verdict compares with `expected.toml`. A separate axis, never folded into the grade.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Grade;

/// What `expected.toml` says about a check. An entry that matches no case at all is among the `unmatched` of the footer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Expectation {
    /// No entry, and none is needed: nothing here counts against the subject.
    #[default]
    None,
    /// No entry excuses it, and it counts against the subject: a `fail`, or a `warn` under `--deny warn`.
    Unexpected,
    /// Listed, and it ended as listed: excused.
    Expected {
        /// Why it is listed.
        reason: String,
        /// Where it is tracked.
        #[serde(skip_serializing_if = "Option::is_none")]
        issue: Option<String>,
    },
    /// Listed, but it passes now: the entry has to go.
    Stale {
        /// Why it was listed.
        reason: String,
    },
    /// Listed, but it goes wrong in another way than the entry says.
    Changed {
        /// Why it was listed.
        reason: String,
        /// The grade that the entry names.
        from: Grade,
    },
    /// Listed, but the entry has run out and no longer excuses.
    Expired {
        /// Why it was listed.
        reason: String,
        /// The last day on which it excused.
        expires: String,
    },
    /// Listed, but the check ended `n/a`, `blocked` or `error`: the entry is kept, nothing is known.
    NoSignal {
        /// Why it is listed.
        reason: String,
    },
}
