//! Inputs in which what is required has nothing to do with what is granted, under any matching.

use proptest::prelude::*;
use serde_json::{Value, json};

/// The letters of names that are granted. No vowels, so that no name is a word that somebody gives a meaning to; and none of the first twelve letters of the
/// alphabet, which are the names that a counterexample ends with.
const GRANTED: &[&str] = &["m", "n", "p", "q"];
/// The letters of names that are required and not granted: no other case of the ones above.
const REQUIRED: &[&str] = &["t", "v", "x", "z"];

/// `granted`, `required` and `interactive`: of what is required, at least one name shares no letter and no separator of levels with a granted one. Nothing
/// holds a star, and some of what is required may be granted.
pub(in crate::laws) fn unrelated() -> BoxedStrategy<Value> {
    let granted = prop::collection::vec(name(GRANTED, &[".", "/"]), 0..6);
    let required = prop::collection::vec(name(REQUIRED, &[":", "-"]), 1..4);
    (granted, required, 0_usize..3, any::<bool>())
        .prop_map(|(granted, mut required, too, interactive)| {
            required.extend(granted.iter().take(too).cloned());
            json!({ "granted": granted, "required": required, "interactive": interactive })
        })
        .boxed()
}

/// A name of one to three levels.
fn name(letters: &'static [&str], separators: &'static [&str]) -> impl Strategy<Value = String> {
    let level = prop::collection::vec(prop::sample::select(letters), 1..6).prop_map(|level| level.concat());
    (prop::collection::vec(level, 1..4), prop::sample::select(separators))
        .prop_map(|(levels, separator)| levels.join(separator))
}
