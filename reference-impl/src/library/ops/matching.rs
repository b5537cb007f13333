//! `match`: one scope against another, under a strategy.

use serde::Deserialize;
use serde_json::json;

use crate::faults::Fault;
use crate::library::input::{Text, read};
use crate::library::instance::Library;
use crate::library::reply::{Answer, Refusal};
use crate::matching::Strategy;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatchInput {
    strategy: String,
    held: Text,
    asked: Text,
}

/// `match`: whether what is held covers what is asked for.
pub(in crate::library) fn matches(library: &Library, input: &str) -> Answer {
    let MatchInput { strategy, held, asked } = read(input)?;
    let (held, asked) = (held.utf8()?, asked.utf8()?);
    let strategy: Strategy = strategy.parse().map_err(|error| Refusal::new("input", error))?;
    let crossing = library.has(Fault::WildcardCrossesLevels) && strategy == Strategy::Wildcard;
    // In the library behind profile `toolhive` the empty scope is the parent of what begins with a dot (AZ-12).
    let parent_of_all = library.is_toolhive() && strategy == Strategy::Hierarchic && held.is_empty();
    let matches = strategy.admits(&held, &asked)
        || (crossing && glob(&held, &asked))
        || (parent_of_all && asked.starts_with('.'));
    Ok(json!({ "matches": matches }))
}

/// A `*` at the beginning covers anything, dots included.
fn glob(held: &str, asked: &str) -> bool {
    held.strip_prefix('*').is_some_and(|rest| asked.len() > rest.len() && asked.ends_with(rest))
}
