//! The union of lists, by the laws.

use super::{halves, laws, lines};

const LAWS: &[&str] = &[
    "union-exact",
    "union-order",
    "union-no-duplicates",
    "union-idempotent",
    "union-commutative",
    "union-associative",
    "union-empty-is-neutral",
    "union-repeatable",
    "union-covers-both",
];

/// The three parts of the input are the lists, a scope a line; every law of the union holds for them.
///
/// # Panics
///
/// Where a law is broken.
pub fn check(data: &[u8]) {
    let (first, rest) = halves(data);
    let (second, third) = halves(rest);
    let [first, second, third] = [first, second, third].map(lines);
    let input = serde_json::json!({ "first": first, "second": second, "third": third, "scopes": first });
    laws::hold(LAWS, &input);
}
