//! Inputs that are token responses, and what a login left behind.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    texts::{hostile, scope_string},
    tokens::list,
};

/// A token response with this `scope`, or without one.
fn response(scope: Option<Value>) -> Value {
    let mut response = json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 3600 });
    if let Some(scope) = scope {
        response["scope"] = scope;
    }
    response
}

/// `requested` and a `response` with this scope.
fn with_response(requested: &[String], scope: Option<Value>) -> Value {
    json!({ "requested": requested, "response": response(scope) })
}

/// A `response` that echoes a scope of the grammar: the requested one, a part of it, or another.
pub(in crate::laws) fn echoed() -> BoxedStrategy<Value> {
    let other = (list(), scope_string());
    let part = (prop::collection::vec(super::tokens::token(), 1..8), any::<prop::sample::Index>()).prop_map(
        |(requested, end)| {
            let part = requested[..=end.index(requested.len())].join(" ");
            (requested, part)
        },
    );
    prop_oneof![other, part]
        .prop_map(|(requested, scope)| with_response(&requested, Some(json!(scope))))
        .boxed()
}

/// A `response` without a `scope`.
pub(in crate::laws) fn not_echoed() -> BoxedStrategy<Value> {
    list().prop_map(|requested| with_response(&requested, None)).boxed()
}

/// A `response` with an empty or blank `scope`, after something was requested.
pub(in crate::laws) fn echoed_blank() -> BoxedStrategy<Value> {
    let blank = prop::sample::select(&["", " ", "   "][..]);
    (prop::collection::vec(super::tokens::token(), 1..6), blank)
        .prop_map(|(requested, blank)| with_response(&requested, Some(json!(blank))))
        .boxed()
}

/// A `response` whose `scope` may be anything.
pub(in crate::laws) fn odd_response() -> BoxedStrategy<Value> {
    let odd = prop_oneof![
        2 => prop::sample::select(vec![json!(null), json!(true), json!(7), json!({}), json!({ "a": "b" })]),
        2 => list().prop_map(Value::from),
        3 => hostile().prop_map(Value::from),
    ];
    (list(), prop::option::weighted(0.9, odd))
        .prop_map(|(requested, scope)| with_response(&requested, scope))
        .boxed()
}

/// What was required, claimed and recorded; the three overlap.
fn after_login() -> impl Strategy<Value = (Vec<String>, String, Vec<String>)> {
    let own = (list(), scope_string(), list());
    // Required and recorded alike, as after a response without an echo, and a claim that may be narrower.
    let unsaid = (prop::collection::vec(super::tokens::token(), 1..6), any::<prop::sample::Index>())
        .prop_map(|(required, end)| {
            let claim = required[..=end.index(required.len())].join(" ");
            (required.clone(), claim, required)
        });
    prop_oneof![own, unsaid]
}

/// `required`, `claims` and `recorded` after a login with a readable `scope` claim.
pub(in crate::laws) fn login_with_claim() -> BoxedStrategy<Value> {
    after_login()
        .prop_map(|(required, scope, recorded)| {
            json!({ "required": required, "claims": { "sub": "u", "scope": scope }, "recorded": recorded })
        })
        .boxed()
}

/// The same with `claims` that are null: the token is opaque.
pub(in crate::laws) fn login_opaque() -> BoxedStrategy<Value> {
    after_login()
        .prop_map(
            |(required, _, recorded)| json!({ "required": required, "claims": null, "recorded": recorded }),
        )
        .boxed()
}

/// Either of the two, or claims that say nothing of scope.
pub(in crate::laws) fn login() -> BoxedStrategy<Value> {
    let silent = after_login().prop_map(
        |(required, _, recorded)| json!({ "required": required, "claims": { "sub": "u" }, "recorded": recorded }),
    );
    prop_oneof![login_with_claim(), login_opaque(), silent].boxed()
}
