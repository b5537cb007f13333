//! Inputs that are the claims of a token, and tokens without any.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    texts::{hostile, scope_string},
    tokens::{distinct, list, token},
};

/// The value of a scope claim as standards and vendors write it.
fn claim() -> impl Strategy<Value = Value> + Clone {
    prop_oneof![4 => scope_string().prop_map(Value::from), 3 => list().prop_map(Value::from), 1 => Just(json!(""))]
}

/// Values that no standard knows for a scope claim: neither a string nor an array.
fn odd_type() -> impl Strategy<Value = Value> + Clone {
    prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(7),
        json!(1e300),
        json!({}),
        json!({ "a": 1 }),
        json!({ "scope": "a" }),
        json!({ "0": "a" }),
    ])
}

/// Arrays with elements that are no plain tokens.
fn odd_array() -> impl Strategy<Value = Value> + Clone {
    let element = prop_oneof![
        4 => token().prop_map(Value::from),
        1 => hostile().prop_map(Value::from),
        2 => odd_type(),
        1 => list().prop_map(Value::from),
    ];
    prop::collection::vec(element, 0..6).prop_map(Value::from)
}

/// An object with these claims, in this order, among others.
fn object(scope: Option<Value>, scp: Option<Value>, scp_first: bool) -> Value {
    let mut members = vec![("scope", scope), ("scp", scp)];
    if scp_first {
        members.reverse();
    }
    let mut object = Map::from_iter([("iss".to_owned(), json!("https://issuer.example"))]);
    object.extend(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    object.insert("client_id".to_owned(), json!("c"));
    json!({ "claims": object })
}

/// `claims` as they are met: either claim, both, or none.
pub(in crate::laws) fn claims() -> BoxedStrategy<Value> {
    let maybe = || prop::option::weighted(0.7, claim());
    (maybe(), maybe(), any::<bool>()).prop_map(|(scope, scp, order)| object(scope, scp, order)).boxed()
}

/// `claims` with both claims, which mostly differ.
pub(in crate::laws) fn two_claims() -> BoxedStrategy<Value> {
    let both = prop_oneof![(scope_string().prop_map(Value::from), claim()), (claim(), claim())];
    (both, any::<bool>()).prop_map(|((scope, scp), order)| object(Some(scope), Some(scp), order)).boxed()
}

/// `claims` of any shape.
pub(in crate::laws) fn odd_claims() -> BoxedStrategy<Value> {
    let value = || {
        let any = prop_oneof![2 => claim(), 2 => odd_array(), 1 => odd_type(), 2 => hostile().prop_map(Value::from)];
        prop::option::weighted(0.7, any)
    };
    (value(), value(), any::<bool>()).prop_map(|(scope, scp, order)| object(scope, scp, order)).boxed()
}

/// `claims` in which no claim is a string or an array.
pub(in crate::laws) fn claims_of_odd_type() -> BoxedStrategy<Value> {
    let maybe = || prop::option::weighted(0.7, odd_type());
    (odd_type(), maybe(), any::<bool>())
        .prop_map(|(scope, scp, order)| object(Some(scope), scp, order))
        .boxed()
}

/// `name` of a claim and `scopes` for it.
pub(in crate::laws) fn named_list() -> BoxedStrategy<Value> {
    (prop::sample::select(&["scope", "scp"][..]), distinct())
        .prop_map(|(name, scopes)| json!({ "name": name, "scopes": scopes }))
        .boxed()
}

/// `token` that no claims can be read from: handles, garbage, JWE, payloads that are no object.
pub(in crate::laws) fn opaque_token() -> BoxedStrategy<Value> {
    let fixed = prop::sample::select(
        &[
            "",
            ".",
            "..",
            "a..b",
            "....",
            "Bearer",
            "e30.W10.e30",
            "e30.bnVsbA.e30",
            "e30.InNjb3BlIg.e30",
            "e30.MQ.e30",
            "e30.eyJzY29wZSI6ImEi.e30",
            "eyJhbGciOiJkaXIifQ..aXY.Y3Q.dGFn",
        ][..],
    )
    .prop_map(str::to_owned);
    // Without a dot there is no second segment.
    let handle = prop_oneof!["[A-Za-z0-9_-]{1,40}", hostile().prop_map(|text| text.replace('.', ""))];
    prop_oneof![fixed, handle].prop_map(|token| json!({ "token": token })).boxed()
}
