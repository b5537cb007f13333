//! Laws over sets: union and covering.

use serde_json::json;

use super::{Proof, proof};

pub(super) fn proofs() -> Vec<Proof> {
    let scopes = |scopes: &[&str]| json!({ "scopes": scopes });
    let covered = || json!({ "covered": true, "missing": [] });
    let missing = |scopes: &[&str]| json!({ "covered": false, "missing": scopes });
    let two = json!({ "first": ["b", "a", "b"], "second": ["c", "a"] });
    let three = json!({ "first": ["a"], "second": ["b"], "third": ["c"] });
    vec![
        proof(
            "union-exact",
            two.clone(),
            json!([scopes(&["c", "b", "a"])]),
            json!([
                [scopes(&["b", "a"])],
                [scopes(&["a", "b", "c", "d"])],
                [scopes(&["B", "a", "c"])],
                ["refused"]
            ]),
        ),
        proof(
            "union-order",
            two.clone(),
            json!([scopes(&["b", "a", "c"])]),
            json!([[scopes(&["a", "b", "c"])], [scopes(&["c", "a", "b"])], [scopes(&["b", "a", "b", "c"])]]),
        ),
        proof(
            "union-no-duplicates",
            two.clone(),
            json!([scopes(&["a", "b", "c"])]),
            json!([[scopes(&["b", "a", "b", "c"])]]),
        ),
        proof(
            "union-idempotent",
            two.clone(),
            json!([scopes(&["b", "a", "c"]), scopes(&["b", "a", "c"])]),
            json!([[scopes(&["b", "a", "c"]), scopes(&["b", "a"])]]),
        ),
        proof(
            "union-commutative",
            two.clone(),
            json!([scopes(&["b", "a", "c"]), scopes(&["c", "a", "b"])]),
            json!([[scopes(&["b", "a", "c"]), scopes(&["c", "a"])]]),
        ),
        proof(
            "union-associative",
            three.clone(),
            json!([
                scopes(&["a", "b"]),
                scopes(&["a", "b", "c"]),
                scopes(&["b", "c"]),
                scopes(&["a", "b", "c"])
            ]),
            json!([[
                scopes(&["a", "b"]),
                scopes(&["a", "b", "c"]),
                scopes(&["b", "c"]),
                scopes(&["a", "c"])
            ]]),
        ),
        proof(
            "union-empty-is-neutral",
            json!({ "scopes": ["a"] }),
            json!([scopes(&["a"]), scopes(&["a"])]),
            json!([
                [scopes(&["a", ""]), scopes(&["a"])],
                [scopes(&["a"]), scopes(&[])],
                [scopes(&["a"]), "refused"]
            ]),
        ),
        proof(
            "union-repeatable",
            three.clone(),
            json!([scopes(&["a", "b"]), scopes(&["a", "c"]), scopes(&["a", "b"])]),
            json!([
                [scopes(&["a", "b"]), scopes(&["a", "c"]), scopes(&["b", "a"])],
                [scopes(&["a", "b"]), scopes(&["a", "b", "c"]), scopes(&["a", "b", "c"])],
            ]),
        ),
        proof(
            "union-covers-both",
            json!({ "first": ["a"], "second": ["b"] }),
            json!([scopes(&["a", "b"]), covered(), covered()]),
            json!([
                [scopes(&["a"]), covered(), missing(&["b"])],
                [scopes(&["b"]), missing(&["a"]), covered()]
            ]),
        ),
        proof(
            "covers-missing",
            json!({ "granted": ["a"], "required": ["b"] }),
            json!([missing(&["b"])]),
            json!([[{ "covered": true, "missing": ["b"] }], [{ "covered": false, "missing": [] }]]),
        ),
        proof(
            "covers-exact",
            json!({ "granted": ["read"], "required": ["read", "READ", "read:all", "rea"] }),
            json!([missing(&["rea", "READ", "read:all", "READ"])]),
            json!([
                [missing(&["read:all", "rea"])],
                [missing(&["READ", "rea"])],
                [missing(&["READ", "read:all"])],
                [covered()]
            ]),
        ),
        proof(
            "covers-monotone",
            json!({ "granted": ["a"], "required": ["a"], "more": ["b"] }),
            json!([covered(), covered()]),
            json!([[covered(), missing(&["a"])], [covered(), { "covered": false, "missing": [] }]]),
        ),
        proof(
            "covers-antitone",
            json!({ "granted": ["a", "b"], "required": ["a"], "more": ["b"] }),
            json!([covered(), covered()]),
            json!([[covered(), missing(&["a"])]]),
        ),
        proof(
            "covers-reflexive",
            json!({ "scopes": ["a"] }),
            json!([covered(), covered()]),
            json!([[missing(&["a"]), covered()], [covered(), missing(&[])]]),
        ),
        proof(
            "covers-unrelated",
            json!({ "granted": ["m.n", "p"], "required": ["t:v", "p"], "interactive": true }),
            json!([missing(&["t:v"]), covered()]),
            json!([
                [covered(), covered()],
                [{ "covered": true }, { "covered": true }],
                [missing(&["t:v", "p"]), covered()],
                [missing(&["t:v"]), missing(&["t:v"])],
                [{ "covered": false }, { "covered": false }]
            ]),
        ),
        proof(
            "covers-transitive",
            three,
            json!([covered(), covered(), covered()]),
            json!([[covered(), covered(), missing(&["c"])]]),
        ),
        proof(
            "covers-as-sets",
            json!({ "granted": ["a", "b"], "required": ["b", "c"] }),
            json!([missing(&["c"]), missing(&["c", "c"])]),
            json!([[missing(&["c"]), missing(&["b", "c"])], [missing(&["c"]), { "covered": true, "missing": ["c"] }]]),
        ),
    ]
}
