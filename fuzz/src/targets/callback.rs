//! The query of a request to a client's redirect URI.

use scopecheck_reference::callback::{Callback, read_callback};

use super::text;

/// A query without our `state` is never an answer, and one that is an answer carries our `state` once.
///
/// # Panics
///
/// Where that is not so.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let ours = "st-1";
    let states: Vec<String> = form_urlencoded::parse(text.as_bytes())
        .filter(|(name, _)| name == "state")
        .map(|(_, value)| value.into_owned())
        .collect();
    let read = read_callback(text, ours);
    assert_eq!(
        matches!(read, Callback::Foreign),
        states != [ours],
        "the state alone tells whose answer it is"
    );
    if let Callback::Code { code, .. } = read {
        assert!(!code.is_empty(), "a code is never empty");
    }
}
