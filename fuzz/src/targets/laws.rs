//! The laws of `scenarios`, put to the reference library.

use scopecheck_reference::library::{Library, Reply as Answered};
use scopecheck_scenarios::laws::{self, Call, Reply};
use serde_json::Value;

/// Puts an input to the laws of these names. Each law says what its input has to hold: its preconditions are the caller's duty.
///
/// # Panics
///
/// Where a law is broken, or where there is no law of that name.
pub(super) fn hold(names: &[&str], input: &Value) {
    let library = Library::default();
    let mut call = |call: &Call| match library.answer(call.op, &call.input.to_string()) {
        Answered::Ok(value) => Reply::Ok(value),
        Answered::Rejected { kind, message } => Reply::Rejected { kind: kind.to_owned(), message },
        Answered::Unsupported { reason } => Reply::Unsupported { reason },
        Answered::Crashed { detail } => Reply::Crashed { detail },
    };
    for name in names {
        let Some(law) = laws::find(name) else { panic!("there is no law `{name}`") };
        if let Err(broken) = laws::put(law, input, &mut call) {
            panic!("the law `{name}` is broken for {input}: {broken}");
        }
    }
}
