//! Inputs that are challenges, as lists and as the text of a header.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    texts::hostile,
    tokens::{distinct, stranger, token},
};

/// Codes of RFC 6750 section 3.1, one of an extension, and none.
fn error() -> impl Strategy<Value = Value> + Clone {
    prop::sample::select(vec![
        json!("insufficient_scope"),
        json!("invalid_token"),
        json!("invalid_request"),
        json!("x-other"),
        json!(null),
    ])
}

/// `scopes` and `error`.
pub(in crate::laws) fn challenge() -> BoxedStrategy<Value> {
    (distinct(), error()).prop_map(|(scopes, error)| json!({ "scopes": scopes, "error": error })).boxed()
}

/// The same with strings that no header may hold.
pub(in crate::laws) fn hostile_challenge() -> BoxedStrategy<Value> {
    let scope = prop_oneof![3 => token(), 2 => stranger(), 1 => hostile()];
    let error = prop_oneof![3 => error(), 1 => stranger().prop_map(Value::from)];
    (prop::collection::vec(scope, 1..5), error)
        .prop_map(|(scopes, error)| json!({ "scopes": scopes, "error": error }))
        .boxed()
}

/// Parameters of a Bearer challenge that come before the two that count. Each holds a trap.
const TRAPS: &[&str] = &[
    "realm=\"example\"",
    "realm=\"a, scope=\\\"admin\\\"\"",
    "realm=\"Bearer scope=admin\"",
    "realm=\"a\\\\\"",
    "error_description=\"needs scope=\\\"admin\\\", sorry\"",
    "resource_metadata=\"https://x.example/m?scope=admin\"",
    "xscope=\"admin\"",
    "scopes=\"admin\"",
    "realm=token",
];

/// Challenges of other schemes. Each holds a trap, too.
const OTHERS: &[&str] = &[
    "Basic realm=\"x\"",
    "Basic realm=\"Bearer scope=\\\"admin\\\"\"",
    "Negotiate abc==",
    "Negotiate",
    "NTLM TlRMTVNTUAAB",
    "Digest realm=\"a,b\", qop=\"auth,auth-int\", nonce=\"n\"",
    "Basic realm=\"x\", charset=\"UTF-8\"",
];

/// The parameters `scope` and `error`, quoted.
fn parameters(scopes: &[String], error: &Value) -> Vec<(String, String)> {
    let mut parameters = vec![("scope".to_owned(), format!("\"{}\"", scopes.join(" ")))];
    parameters.extend(error.as_str().map(|error| ("error".to_owned(), format!("\"{error}\""))));
    parameters
}

fn with_header(header: &str, scopes: &[String], error: &Value) -> Value {
    json!({ "header": header, "scopes": scopes, "error": error })
}

/// `header` with a Bearer challenge among others, and its `scopes` and `error`.
pub(in crate::laws) fn challenge_among_others() -> BoxedStrategy<Value> {
    let others = || prop::collection::vec(prop::sample::select(OTHERS), 0..3);
    let traps = prop::collection::hash_set(prop::sample::select(&TRAPS[1..]), 0..2);
    (others(), traps, distinct(), error(), others())
        .prop_map(|(before, traps, scopes, error, after)| {
            let ours = parameters(&scopes, &error).into_iter().map(|(name, value)| format!("{name}={value}"));
            let traps = traps.into_iter().map(str::to_owned);
            let bearer = format!("Bearer {}", traps.chain(ours).collect::<Vec<_>>().join(", "));
            let all: Vec<&str> = before.into_iter().chain([&*bearer]).chain(after).collect();
            with_header(&all.join(", "), &scopes, &error)
        })
        .boxed()
}

/// `header` with one Bearer challenge, written in one of its many ways, and its `scopes` and `error`.
pub(in crate::laws) fn challenge_in_any_guise() -> BoxedStrategy<Value> {
    let scheme = prop::sample::select(&["Bearer", "bearer", "BEARER", "bEARER"][..]);
    let comma = prop::sample::select(&[", ", ",", " , ", ",\t", ",, ", " ,\t, "][..]);
    (scheme, comma, distinct(), error(), any::<(bool, bool, bool, bool)>())
        .prop_map(|(scheme, comma, scopes, error, (upper, reversed, realm, paired))| {
            let mut all = parameters(&scopes, &error);
            if paired {
                // A quoted pair stands for its second octet (RFC 9110 section 5.6.4).
                all[0].1 = format!("\"\\{}", &all[0].1[1..]);
            }
            if realm {
                all.push(("realm".to_owned(), "\"x\"".to_owned()));
            }
            if reversed {
                all.reverse();
            }
            let written = all.into_iter().map(|(name, value)| {
                let name = if upper { name.to_uppercase() } else { name };
                format!("{name}={value}")
            });
            let header = format!("{scheme} {}", written.collect::<Vec<_>>().join(comma));
            with_header(&header, &scopes, &error)
        })
        .boxed()
}

/// `header` of any text, mostly near to a challenge.
pub(in crate::laws) fn hostile_header() -> BoxedStrategy<Value> {
    let piece = prop_oneof![
        3 => prop::sample::select(TRAPS).prop_map(str::to_owned),
        3 => prop::sample::select(OTHERS).prop_map(str::to_owned),
        2 => prop::sample::select(&["Bearer", "Bearer ", "scope=", "scope=\"", "\"", "\\", "=", "\"a b\"", "a==", "error"][..])
            .prop_map(str::to_owned),
        3 => hostile().prop_map(|text| format!("scope=\"{text}\"")),
        1 => hostile(),
    ];
    let comma = prop::sample::select(&[", ", ",", " ", "", ";", "\t"][..]);
    prop::collection::vec((piece, comma), 0..8)
        .prop_map(|pieces| {
            let header: String =
                pieces.into_iter().flat_map(|(piece, comma)| [piece, comma.to_owned()]).collect();
            json!({ "header": header })
        })
        .boxed()
}
