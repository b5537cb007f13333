//! What is stored of a counterexample.

use scopecheck_scenarios::laws::{Call, Reply};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Start, parts};

/// The version of the format of a finding. The first number grows when an older reader could misread a newer file.
pub const SCHEMA_VERSION: &str = "1.0";

/// A generated input that broke a law, as it stands in its file.
///
/// All text but the law is the subject's or was generated: whoever shows it, escapes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The version of this format.
    pub schema_version: String,
    /// The law, such as `union-exact`.
    pub law: String,
    /// The input of the law, as small as it got; never cut.
    pub input: Value,
    /// What the law demands of this input, in words.
    pub expected: String,
    /// What was answered when it was last seen, in words.
    pub got: String,
    /// The calls that the law makes for the input, as they were answered when it was last seen.
    pub calls: Vec<StoredCall>,
    /// Whether the library kept the law when it was asked once more, so that one try proves little.
    pub fickle: bool,
    /// The seed of the run that found it.
    pub seed: u64,
    /// How many inputs that run generated for each law.
    pub cases: u32,
    /// Whose finding it is.
    pub subject: StoredSubject,
    /// The suite that saw it last, such as `scopecheck 0.1.0`.
    pub suite: String,
    /// When it was first seen, RFC 3339, UTC.
    pub first_seen: String,
    /// When it was last seen to break the law.
    pub last_seen: String,
    /// When it was first seen to break the law no longer; absent while it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
}

/// The subject of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSubject {
    /// What the library calls itself.
    pub name: String,
    /// Its version when it was last seen.
    pub version: String,
    /// Its language, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How it is started.
    pub start: Start,
}

/// A call, with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredCall {
    /// The operation.
    pub op: String,
    /// Its input; where it was cut, the beginning of its JSON text as a string.
    pub input: Value,
    /// The reply.
    pub reply: StoredReply,
    /// Which of `input` and `reply` are longer than 64 KiB and were cut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<String>,
}

impl StoredCall {
    /// What is stored of a call and its reply.
    pub fn new(call: &Call, reply: &Reply) -> Self {
        let (input, long_input) = parts::value(&call.input);
        let (reply, long_reply) = StoredReply::of(reply);
        let long = [("input", long_input), ("reply", long_reply)];
        let cut = long.into_iter().filter(|(_, cut)| *cut).map(|(part, _)| part.to_owned()).collect();
        Self { op: call.op.to_owned(), input, reply, cut }
    }
}

/// A reply, by the words of the protocol where it has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoredReply {
    /// An answer; where it was cut, the beginning of its JSON text as a string.
    Ok(Value),
    /// A refusal.
    Rejected {
        /// A free word.
        kind: String,
        /// The reason.
        message: String,
    },
    /// The library does not offer this.
    Unsupported {
        /// Why not.
        reason: String,
    },
    /// The library fell over.
    Crashed {
        /// What is known of it.
        detail: String,
    },
    /// An answer in no words of the protocol.
    Garbled {
        /// What is wrong with it.
        detail: String,
    },
    /// No answer.
    Silent {
        /// Why not.
        detail: String,
    },
}

impl StoredReply {
    /// What is stored of a reply, and whether that is less than all of it.
    fn of(reply: &Reply) -> (Self, bool) {
        match reply {
            Reply::Ok(answer) => {
                let (answer, cut) = parts::value(answer);
                (Self::Ok(answer), cut)
            }
            Reply::Rejected { kind, message } => {
                let ((kind, odd), (message, long)) = (parts::text(kind), parts::text(message));
                (Self::Rejected { kind, message }, odd || long)
            }
            Reply::Unsupported { reason } => {
                let (reason, cut) = parts::text(reason);
                (Self::Unsupported { reason }, cut)
            }
            Reply::Crashed { detail } => {
                let (detail, cut) = parts::text(detail);
                (Self::Crashed { detail }, cut)
            }
            Reply::Garbled { detail } => {
                let (detail, cut) = parts::text(detail);
                (Self::Garbled { detail }, cut)
            }
            Reply::Silent { detail } => {
                let (detail, cut) = parts::text(detail);
                (Self::Silent { detail }, cut)
            }
        }
    }
}
