//! Inputs that are registrations, beside what the server supports.

use std::ops::Range;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::tokens::{list, once, token};

/// What a server supports, never nothing: whether an empty list means the defaults is open (`design.md` section 5.2).
fn supported() -> impl Strategy<Value = Vec<String>> + Clone {
    prop::collection::vec(token(), 1..10).prop_map(once)
}

/// A list of what is supported, with repetitions.
fn some_of(supported: Vec<String>, length: Range<usize>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(supported), length)
}

/// `requested`, `supported`, `defaults` and `baseline`; all of it is supported, and there is a default.
pub(in crate::laws) fn registration() -> BoxedStrategy<Value> {
    supported()
        .prop_flat_map(|supported| {
            let some = |length| some_of(supported.clone(), length);
            let requested = prop::option::weighted(0.9, some(0..8));
            (requested, some(1..6), some(0..6), Just(supported.clone()))
        })
        .prop_map(|(requested, defaults, baseline, supported)| {
            json!({
                "requested": requested, "supported": supported, "defaults": once(defaults), "baseline": baseline,
            })
        })
        .boxed()
}

/// The same with at least one requested scope that is not supported; sometimes the baseline or the defaults hold it.
pub(in crate::laws) fn unsupported_registration() -> BoxedStrategy<Value> {
    (registration(), token(), any::<(prop::sample::Index, u8)>())
        .prop_map(|(mut input, stranger, (at, helper))| {
            let supported = input["supported"].as_array().cloned().unwrap_or_default();
            let supported: Vec<Value> =
                supported.into_iter().filter(|scope| *scope != json!(stranger)).collect();
            input["supported"] =
                if supported.is_empty() { json!(["supported-alone"]) } else { json!(supported) };
            let mut requested = input["requested"].as_array().cloned().unwrap_or_default();
            requested.insert(at.index(requested.len() + 1), json!(stranger));
            input["requested"] = json!(requested);
            for (list, holds) in [("baseline", helper % 3 == 1), ("defaults", helper % 3 == 2)] {
                let kept = input[list].as_array().cloned().unwrap_or_default();
                let kept = kept.into_iter().filter(|scope| *scope != json!(stranger));
                input[list] = kept.chain(holds.then(|| json!(stranger))).collect();
            }
            input
        })
        .boxed()
}

/// `baseline` and `supported`; in half of the inputs all of the baseline is supported.
pub(in crate::laws) fn baseline() -> BoxedStrategy<Value> {
    let within = supported().prop_flat_map(|supported| (some_of(supported.clone(), 0..6), Just(supported)));
    prop_oneof![(list(), supported()), within]
        .prop_map(|(baseline, supported)| json!({ "baseline": baseline, "supported": supported }))
        .boxed()
}
