//! Inputs that are lists of tokens.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::tokens::{distinct, list};

/// `scopes`.
pub(in crate::laws) fn one_list() -> BoxedStrategy<Value> {
    list().prop_map(|scopes| json!({ "scopes": scopes })).boxed()
}

/// `scopes`, at least one and all distinct.
pub(in crate::laws) fn distinct_list() -> BoxedStrategy<Value> {
    distinct().prop_map(|scopes| json!({ "scopes": scopes })).boxed()
}

/// `first` and `second`. In half of the inputs the second list ends with some of the first, so that the lists overlap however many
/// tokens there are to choose from.
pub(in crate::laws) fn two_lists() -> BoxedStrategy<Value> {
    let overlapping = (list(), list(), 0_usize..8).prop_map(|(first, mut second, shared)| {
        second.extend(first.iter().rev().take(shared).cloned());
        (first, second)
    });
    prop_oneof![(list(), list()), overlapping]
        .prop_map(|(first, second)| json!({ "first": first, "second": second }))
        .boxed()
}

/// `first`, `second` and `third`. Often the later lists are pieces of the earlier ones.
pub(in crate::laws) fn three_lists() -> BoxedStrategy<Value> {
    let own = (list(), list(), list());
    let nested = (list(), any::<(u8, u8)>()).prop_map(|(first, (some, fewer))| {
        let second: Vec<String> = first.iter().skip(usize::from(some) % 3).cloned().collect();
        let third = second.iter().skip(usize::from(fewer) % 3).cloned().collect();
        (first, second, third)
    });
    prop_oneof![own, nested]
        .prop_map(|(first, second, third)| json!({ "first": first, "second": second, "third": third }))
        .boxed()
}

/// What is granted and what is required of it; in half of the inputs all of that is granted.
fn granted_required() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let covered = (list(), any::<u8>()).prop_map(|(granted, some)| {
        let required = granted.iter().rev().skip(usize::from(some) % 4).cloned().collect();
        (granted, required)
    });
    prop_oneof![(list(), list()), covered]
}

/// `granted` and `required`.
pub(in crate::laws) fn granted_and_required() -> BoxedStrategy<Value> {
    granted_required()
        .prop_map(|(granted, required)| json!({ "granted": granted, "required": required }))
        .boxed()
}

/// `granted`, `required` and `more`.
pub(in crate::laws) fn granted_required_and_more() -> BoxedStrategy<Value> {
    (granted_required(), list())
        .prop_map(
            |((granted, required), more)| json!({ "granted": granted, "required": required, "more": more }),
        )
        .boxed()
}

/// `defaults`, `granted`, `required` and `interactive`.
pub(in crate::laws) fn step_up() -> BoxedStrategy<Value> {
    (list(), granted_required(), any::<bool>())
        .prop_map(|(defaults, (granted, required), interactive)| {
            json!({ "defaults": defaults, "granted": granted, "required": required, "interactive": interactive })
        })
        .boxed()
}
