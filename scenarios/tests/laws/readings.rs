//! Laws over what is read and written: strings, claims, tokens, responses, challenges.

use serde_json::json;

use super::{Proof, proof};

pub(super) fn proofs() -> Vec<Proof> {
    let scopes = |scopes: &[&str]| json!({ "scopes": scopes });
    vec![
        proof(
            "parse-after-serialize",
            json!({ "scopes": ["a,b", "c"] }),
            json!([{ "text": "a,b c" }, scopes(&["a,b", "c"])]),
            json!([[{ "text": "a,b c" }, scopes(&["a", "b", "c"])], [{ "text": "a,b" }, scopes(&["a,b"])], ["refused"]]),
        ),
        proof(
            "serialize-one-space",
            json!({ "scopes": ["b", "a"] }),
            json!([{ "text": "b a" }]),
            json!([[{ "text": "b a " }], [{ "text": "a b" }], [{ "text": "b,a" }], [{ "text": ["b", "a"] }]]),
        ),
        proof(
            "parse-accepts-the-grammar",
            json!({ "text": "read,write read" }),
            json!([scopes(&["read,write", "read"])]),
            json!([[scopes(&["read", "write"])], [scopes(&["read,write"])], ["refused"]]),
        ),
        proof(
            "parse-order",
            json!({ "text": "b a b" }),
            json!([scopes(&["b", "a"])]),
            json!([[scopes(&["a", "b"])], [scopes(&["b", "a", "b"])]]),
        ),
        proof(
            "parse-space-separates",
            json!({ "text": "a\tb c" }),
            json!([scopes(&["a\tb", "c"])]),
            json!([[scopes(&["a", "b", "c"])], [scopes(&["a\tb"])], [scopes(&["", "c"])]]),
        ),
        proof("parse-space-separates", json!({ "text": "a\tb c" }), json!(["refused"]), json!([])),
        proof(
            "parse-refuses-the-rest",
            json!({ "text": "a \u{e9}" }),
            json!(["refused", scopes(&["a"])]),
            json!([[scopes(&["a"]), scopes(&["a"])]]),
        ),
        proof(
            "parse-more-spaces",
            json!({ "text": "a b" }),
            json!([scopes(&["a", "b"]), scopes(&["a", "b"])]),
            json!([[scopes(&["a", "b"]), scopes(&["", "a", "b"])], [scopes(&["a", "b"]), scopes(&["a"])]]),
        ),
        proof("parse-more-spaces", json!({ "text": "a" }), json!([scopes(&["a"]), "refused"]), json!([])),
        proof(
            "parse-stable",
            json!({ "text": "a,b" }),
            json!([scopes(&["a,b"]), { "text": "a,b" }, scopes(&["a,b"])]),
            json!([[scopes(&["a,b"]), { "text": "a,b" }, scopes(&["a", "b"])], [scopes(&["a,b"]), "refused"]]),
        ),
        proof(
            "claims-like-parse",
            json!({ "text": "a b" }),
            json!([scopes(&["a", "b"]), scopes(&["b", "a"])]),
            json!([[scopes(&["a", "b"]), scopes(&["a b"])], [scopes(&["a", "b"]), "refused"]]),
        ),
        proof(
            "claims-array-like-string",
            json!({ "name": "scp", "scopes": ["a", "b"] }),
            json!([scopes(&["a", "b"]), scopes(&["a", "b"])]),
            json!([
                [scopes(&["a", "b"]), scopes(&["c"])],
                [scopes(&["a"]), scopes(&["a", "b"])],
                ["refused", "refused"]
            ]),
        ),
        proof(
            "claims-array-like-string",
            json!({ "name": "scope", "scopes": ["a"] }),
            json!([scopes(&["a"]), "refused"]),
            json!([]),
        ),
        proof(
            "claims-others-irrelevant",
            json!({ "claims": { "scope": "a" } }),
            json!([scopes(&["a"]), scopes(&["a"])]),
            json!([[scopes(&["a"]), scopes(&["a", "admin"])], [scopes(&["a"]), "refused"]]),
        ),
        proof(
            "claims-member-order",
            json!({ "claims": { "scope": "a", "scp": "b" } }),
            json!(["refused", "refused"]),
            json!([[scopes(&["a"]), scopes(&["b"])], ["refused", scopes(&["a"])]]),
        ),
        proof(
            "claims-never-more",
            json!({ "claims": { "scope": "a,b", "scp": [1, null, "c d"] } }),
            json!([scopes(&["a,b"])]),
            json!([[scopes(&["a", "b"])], [scopes(&["1"])], [scopes(&["null"])], [scopes(&[""])]]),
        ),
        proof(
            "claims-no-merge",
            json!({ "claims": { "scope": "a b", "scp": ["b", "c"] } }),
            json!([scopes(&["a", "b"])]),
            json!([[scopes(&["a", "b", "c"])], [scopes(&["a", "c"])]]),
        ),
        proof(
            "claims-odd-types",
            json!({ "claims": { "scope": { "a": 1 } } }),
            json!([scopes(&[]), scopes(&["a"])]),
            json!([[scopes(&["a"]), scopes(&["a"])], [scopes(&["[object", "Object]"]), scopes(&["a"])]]),
        ),
        proof(
            "token-like-claims",
            json!({ "claims": { "scp": ["a"] } }),
            json!([scopes(&["a"]), scopes(&["a"])]),
            json!([[scopes(&["a"]), scopes(&[])], [scopes(&["a"]), "refused"]]),
        ),
        proof(
            "token-signature-irrelevant",
            json!({ "claims": { "scope": "a" } }),
            json!([scopes(&["a"]), scopes(&["a"])]),
            json!([[scopes(&["a"]), scopes(&[])], [scopes(&["a"]), scopes(&["scope"])]]),
        ),
        proof(
            "token-opaque-shows-nothing",
            json!({ "token": "handle" }),
            json!([scopes(&[]), scopes(&["a"])]),
            json!([[scopes(&["*"]), scopes(&["a"])], [scopes(&["handle"]), scopes(&["a"])]]),
        ),
        proof(
            "recorded-is-the-echo",
            json!({ "requested": ["a", "b"], "response": { "scope": "a" } }),
            json!([scopes(&["a"])]),
            json!([[scopes(&["a", "b"])], [scopes(&[])]]),
        ),
        proof(
            "recorded-absent-is-the-request",
            json!({ "requested": ["a", "b"], "response": {} }),
            json!([scopes(&["a", "b"])]),
            json!([[scopes(&[])], ["refused"]]),
        ),
        proof(
            "recorded-empty-is-nothing",
            json!({ "requested": ["a"], "response": { "scope": " " } }),
            json!([scopes(&[]), scopes(&["a"])]),
            json!([[scopes(&["a"]), scopes(&["a"])], [scopes(&[""]), scopes(&["a"])]]),
        ),
        proof(
            "recorded-never-more",
            json!({ "requested": ["a"], "response": { "scope": "b,c" } }),
            json!([scopes(&["b,c"])]),
            json!([[scopes(&["b", "c"])], [scopes(&["a", "openid"])]]),
        ),
        proof(
            "recorded-other-members",
            json!({ "requested": ["a"], "response": { "scope": "a" } }),
            json!([scopes(&["a"]), scopes(&["a"])]),
            json!([[scopes(&["a"]), scopes(&["admin"])]]),
        ),
        proof(
            "challenge-round-trip",
            json!({ "scopes": ["a,b", "c"], "error": "insufficient_scope" }),
            json!([
                { "header": "Bearer error=\"insufficient_scope\", scope=\"a,b c\"" },
                { "scopes": ["c", "a,b"], "error": "insufficient_scope" },
            ]),
            json!([
                [{ "header": "Bearer scope=\"a,b c\"" }, { "scopes": ["a,b", "c"], "error": null }],
                [{ "header": "Bearer scope=a,b c" }, { "scopes": ["a"], "error": "insufficient_scope" }],
                ["refused"],
            ]),
        ),
        proof(
            "challenge-one-line",
            json!({ "scopes": ["a\r\nb"], "error": null }),
            json!(["refused"]),
            json!([
                [{ "header": "Bearer scope=\"a\r\nb\"" }],
                [{ "header": "Bearer scope=\"a\"b\"" }],
                [{ "header": "Bearer scope=\"a\\\"" }],
                [{ "header": "scope=\"a\"" }],
                [{ "header": "Bearer scope=\"\u{e9}\"" }],
            ]),
        ),
        proof(
            "challenge-among-others",
            json!({ "header": "Basic realm=\"a, b\", Bearer scope=\"c\"", "scopes": ["c"], "error": null }),
            json!([{ "scopes": ["c"], "error": null }]),
            json!([[{ "scopes": [], "error": null }], [{ "scopes": ["c"], "error": "x" }], ["refused"]]),
        ),
        proof(
            "challenge-in-any-guise",
            json!({ "header": "BEARER SCOPE=\"a b\"", "scopes": ["a", "b"], "error": null }),
            json!([{ "scopes": ["b", "a"], "error": null }]),
            json!([[{ "scopes": [], "error": null }], [{ "scopes": ["a"], "error": null }]]),
        ),
        proof(
            "challenge-hostile",
            json!({ "header": "Bearer scope=\"a\\,b  c" }),
            json!([scopes(&["a,b", "c"])]),
            json!([[scopes(&["a,b  c"])], [scopes(&[""])], [scopes(&["admin"])]]),
        ),
    ]
}
