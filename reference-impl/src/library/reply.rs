//! What an operation answers.

use serde_json::{Value, json};

/// An answer, as the adapter protocol knows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The operation has a result.
    Ok(Value),
    /// The operation refuses its input.
    Rejected {
        /// What is wrong, in a word.
        kind: &'static str,
        /// What is wrong, where, and what to do.
        message: String,
    },
    /// There is no such operation.
    Unsupported {
        /// Why not.
        reason: String,
    },
    /// The operation broke down. This library has no such answer; the protocol has.
    Crashed {
        /// What is known of it.
        detail: String,
    },
}

impl Reply {
    /// The member of a reply line: its name and its value.
    pub fn into_member(self) -> (&'static str, Value) {
        match self {
            Self::Ok(value) => ("ok", value),
            Self::Rejected { kind, message } => ("rejected", json!({ "kind": kind, "message": message })),
            Self::Unsupported { reason } => ("unsupported", json!({ "reason": reason })),
            Self::Crashed { detail } => ("crashed", json!({ "detail": detail })),
        }
    }
}

/// Why an operation refuses its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) kind: &'static str,
    pub(super) message: String,
}

#[expect(clippy::needless_pass_by_value, reason = "errors are handed over by `map_err`")]
impl Refusal {
    pub(super) fn new(kind: &'static str, message: impl ToString) -> Self {
        Self { kind, message: message.to_string() }
    }

    /// The refusal of a text outside the grammar.
    pub(super) fn malformed(message: impl ToString) -> Self {
        Self::new("malformed", message)
    }
}

/// What an operation comes to.
pub(super) type Answer = Result<Value, Refusal>;

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        match answer {
            Ok(value) => Self::Ok(value),
            Err(Refusal { kind, message }) => Self::Rejected { kind, message },
        }
    }
}
