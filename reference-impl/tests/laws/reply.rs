//! The reference library as the subject of laws and vectors.

use scopecheck_reference::library::{Library, Reply as Answer};
use scopecheck_scenarios::laws::Reply;

/// What the library answers to JSON text.
pub(crate) fn ask(library: &Library, op: &str, input: &str) -> Reply {
    match library.answer(op, input) {
        Answer::Ok(value) => Reply::Ok(value),
        Answer::Rejected { kind, message } => Reply::Rejected { kind: kind.to_string(), message },
        Answer::Unsupported { reason } => Reply::Unsupported { reason },
        Answer::Crashed { detail } => Reply::Crashed { detail },
    }
}
