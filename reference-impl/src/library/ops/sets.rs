//! `union` and `covers`, and what the operations on grants take from them.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::json;

use crate::faults::Fault;
use crate::library::input::{Text, read, texts};
use crate::library::instance::Library;
use crate::library::reply::Answer;
use crate::scope::{missing_scopes, union_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnionInput {
    first: Vec<Text>,
    second: Vec<Text>,
}

/// `union`: of two lists.
pub(in crate::library) fn union(library: &Library, input: &str) -> Answer {
    let UnionInput { first, second } = read(input)?;
    let (first, second) = (texts(first)?, texts(second)?);
    Ok(json!({ "scopes": union_in(library, &[&first, &second]) }))
}

/// The union of lists, the first of which profile `cli-engine` copies verbatim (UN-01).
pub(super) fn union_in(library: &Library, lists: &[&[String]]) -> Vec<String> {
    let union = union_of(lists);
    if library.has(Fault::UnionListSorted) {
        let mut sorted = union;
        sorted.sort();
        return sorted;
    }
    if library.has(Fault::UnionCaseFolded) {
        let mut seen = HashSet::new();
        return union.into_iter().filter(|scope| seen.insert(scope.to_lowercase())).collect();
    }
    if library.is_cli_engine() || library.has(Fault::UnionFirstNotDeduplicated) {
        let first = lists.first().copied().unwrap_or_default();
        return [first, &missing_scopes(first, &union)[..]].concat();
    }
    union
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoversInput {
    granted: Vec<Text>,
    required: Vec<Text>,
}

/// `covers`: whether what is granted holds what is required.
pub(in crate::library) fn covers(library: &Library, input: &str) -> Answer {
    let CoversInput { granted, required } = read(input)?;
    let missing = missing_in(library, &texts(granted)?, &texts(required)?);
    Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
}

/// What is required and not granted. Profile `cli-engine` names it as often as it is required (SU-03).
pub(super) fn missing_in(library: &Library, granted: &[String], required: &[String]) -> Vec<String> {
    let missing = missing_by(library, granted, required);
    if library.has(Fault::MissingListsAll) && !missing.is_empty() {
        return required.to_vec();
    }
    if library.is_cli_engine() {
        let missing: HashSet<&str> = missing.iter().map(String::as_str).collect();
        return required.iter().filter(|scope| missing.contains(scope.as_str())).cloned().collect();
    }
    missing
}

/// The comparison itself.
fn missing_by(library: &Library, granted: &[String], required: &[String]) -> Vec<String> {
    let without = |held: &dyn Fn(&str) -> bool| {
        required.iter().filter(|scope| !held(scope)).cloned().collect::<Vec<_>>()
    };
    if library.has(Fault::CoversPrefix) {
        return without(&|asked| granted.iter().any(|held| asked.starts_with(held.as_str())));
    }
    if library.has(Fault::CoversSubstring) {
        let joined = granted.join(" ");
        return without(&|asked| joined.contains(asked));
    }
    if library.has(Fault::CoversCaseInsensitive) {
        return without(&|asked| granted.iter().any(|held| held.eq_ignore_ascii_case(asked)));
    }
    if library.has(Fault::CoversSwapped) {
        return missing_scopes(required, granted);
    }
    missing_scopes(granted, required)
}
