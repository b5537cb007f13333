//! What a closure says where it has no answer.

use scopecheck_scenarios::laws::Reply;

/// Why an operation gave no answer: the input is refused, or the library does not do this.
///
/// Every error becomes a refusal of the input, so `?` on the library's own result is all that is needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal(Reply);

impl Refusal {
    /// The input is refused. `kind` is a free word; the message should name the first offender.
    pub fn new(kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self(Reply::Rejected { kind: kind.into(), message: message.into() })
    }

    /// The library has no such thing: `n/a`, and no verdict.
    pub fn unsupported(reason: impl Into<String>) -> Self {
        Self(Reply::Unsupported { reason: reason.into() })
    }

    /// The closure itself is wrong, which must not look like an answer of the library.
    pub(super) fn mistake(detail: impl Into<String>) -> Self {
        Self(Reply::Crashed { detail: detail.into() })
    }

    /// As the judge takes it.
    pub(super) fn reply(self) -> Reply {
        self.0
    }
}

impl<E: std::error::Error> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::new("refused", error.to_string())
    }
}
