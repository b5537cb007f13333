//! Inputs that are `scope` strings.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::tokens::{stranger, token};

/// What other standards, or other people, take for a separator.
const SEPARATORS: &[&str] =
    &[" ", "  ", ",", ", ", ";", "+", "\t", "\n", "\u{a0}", "\u{2028}", "\u{200b}", "%20", "|", ""];

/// A string of the grammar: at least one token, one space between two.
pub(super) fn scope_string() -> impl Strategy<Value = String> + Clone {
    prop::collection::vec(token(), 1..8).prop_map(|tokens| tokens.join(" "))
}

/// `text`, following the grammar.
pub(in crate::laws) fn grammatical_text() -> BoxedStrategy<Value> {
    scope_string().prop_map(|text| json!({ "text": text })).boxed()
}

/// Any text: good and bad tokens between good and bad separators.
pub(super) fn hostile() -> impl Strategy<Value = String> + Clone {
    let piece = prop_oneof![4 => token(), 1 => stranger()];
    let pieces = prop::collection::vec((piece, prop::sample::select(SEPARATORS)), 0..8);
    let joined = pieces.prop_map(|pieces| {
        pieces.into_iter().flat_map(|(piece, separator)| [piece, separator.to_owned()]).collect::<String>()
    });
    prop_oneof![6 => joined, 1 => any::<String>(), 1 => prop::sample::select(&["", " ", "   "][..]).prop_map(str::to_owned)]
}

/// `text`, anything.
pub(in crate::laws) fn hostile_text() -> BoxedStrategy<Value> {
    hostile().prop_map(|text| json!({ "text": text })).boxed()
}

/// `text` with at least one string that is no token, somewhere among tokens.
pub(in crate::laws) fn malformed_text() -> BoxedStrategy<Value> {
    let tokens = prop::collection::vec(token(), 0..4);
    (tokens.clone(), stranger(), tokens)
        .prop_map(|(before, stranger, after)| {
            let all: Vec<String> = before.into_iter().chain([stranger]).chain(after).collect();
            json!({ "text": all.join(" ") })
        })
        .boxed()
}
