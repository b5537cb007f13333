//! The body of a registration: its scope, and what a server makes of it.

use scopecheck_reference::{
    claims::Members,
    registration::{read_requested, read_requested_of_toolhive},
};
use serde_json::{Value, json};

use super::{judge, laws, text};

const SUPPORTED: &[&str] = &[
    "registration-bounds",
    "registration-order",
    "registration-expanded",
    "registration-settles",
    "registration-as-sets",
];

/// A body is read or refused by both readings; what the strict one reads keeps the grammar, and the laws of registration hold for it. A
/// member `baseline` of the body stands for the server's.
///
/// # Panics
///
/// Where one of that is not so.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let Ok(body) = Members::read(text) else { return };
    let _ = read_requested_of_toolhive(&body);
    let Ok(requested) = read_requested(&body) else { return };
    assert!(requested.iter().all(|scope| judge::is_token(scope)), "every requested scope keeps the grammar");
    let baseline =
        body.get("baseline").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let baseline: Vec<&str> = baseline.filter(|scope| judge::is_token(scope)).collect();
    let defaults = ["openid", "profile", "email", "offline_access"];
    let asked = requested.iter().map(String::as_str);
    let everything: Vec<&str> = defaults.into_iter().chain(asked).chain(baseline.iter().copied()).collect();
    let of = |supported: &[&str]| json!({ "requested": requested, "supported": supported, "defaults": defaults, "baseline": baseline });
    laws::hold(SUPPORTED, &of(&everything));
    let few = ["openid", "read"];
    laws::hold(&["registration-unsupported"], &of(&few));
    laws::hold(&["baseline-first-offender"], &json!({ "baseline": baseline, "supported": few }));
}
