//! The decision to step up and what it rests on, by the laws.

use super::{halves, laws, lines};

const PLAN: &[&str] =
    &["plan-covered", "plan-request", "plan-three-outcomes", "plan-as-sets", "plan-settles"];

const COVERS: &[&str] = &[
    "covers-missing",
    "covers-exact",
    "covers-monotone",
    "covers-antitone",
    "covers-reflexive",
    "covers-transitive",
    "covers-as-sets",
];

/// The three parts of the input are the defaults, what is granted and what is required, a scope a line; every law of the plan and of
/// coverage holds for them.
///
/// # Panics
///
/// Where a law is broken.
pub fn check(data: &[u8]) {
    let (defaults, rest) = halves(data);
    let (granted, required) = halves(rest);
    let [defaults, granted, required] = [defaults, granted, required].map(lines);
    for interactive in [true, false] {
        let input = serde_json::json!({
            "defaults": defaults, "granted": granted, "required": required, "interactive": interactive,
        });
        laws::hold(PLAN, &input);
    }
    let input = serde_json::json!({
        "granted": granted, "required": required, "more": defaults,
        "scopes": granted, "first": granted, "second": required, "third": defaults,
    });
    laws::hold(COVERS, &input);
}
