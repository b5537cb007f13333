//! Laws over decisions: step-up, logins, registrations.

use serde_json::{Value, json};

use super::{Proof, proof};

pub(super) fn proofs() -> Vec<Proof> {
    [plans(), logins(), registrations()].into_iter().flatten().collect()
}

fn plans() -> Vec<Proof> {
    let input = |interactive: bool| json!({ "defaults": ["d"], "granted": ["a"], "required": ["b"], "interactive": interactive });
    let enough = json!({ "defaults": ["d"], "granted": ["a"], "required": ["a"], "interactive": true });
    let covered = || json!({ "plan": "covered" });
    let request = |scopes: &[&str]| json!({ "plan": "reauthenticate", "request": scopes });
    let missing = |scopes: &[&str]| json!({ "plan": "missing", "missing": scopes });
    vec![
        proof(
            "plan-covered",
            enough.clone(),
            json!([covered()]),
            json!([[request(&["d", "a"])], [missing(&["a"])]]),
        ),
        proof("plan-covered", input(true), json!([request(&["b"])]), json!([[covered()]])),
        proof(
            "plan-unrelated",
            json!({ "granted": ["m.n", "p"], "required": ["t:v", "p"], "interactive": true }),
            json!([request(&["m.n", "p", "t:v"]), covered()]),
            json!([[covered(), covered()], [request(&["t:v"]), request(&["t:v"])]]),
        ),
        proof(
            "plan-request",
            input(true),
            json!([request(&["d", "a", "b"])]),
            json!([
                [request(&["a", "b"])],
                [request(&["d", "b"])],
                [request(&["d", "a"])],
                [request(&["d", "a", "b", "x"])]
            ]),
        ),
        proof("plan-request", input(true), json!([{ "plan": "reauthenticate" }]), json!([])),
        proof(
            "plan-three-outcomes",
            input(true),
            json!([request(&["d", "a", "b"])]),
            json!([[missing(&["b"])], [covered()], [{ "plan": "reauthenticate" }]]),
        ),
        proof(
            "plan-three-outcomes",
            input(false),
            json!([missing(&["b"])]),
            json!([[missing(&["a", "b"])], [request(&["b"])]]),
        ),
        proof(
            "plan-two-outcomes",
            input(false),
            json!([{ "plan": "reauthenticate" }]),
            json!([[missing(&["b"])], [covered()]]),
        ),
        proof(
            "plan-as-sets",
            input(true),
            json!([request(&["d", "a", "b"]), request(&["b", "a", "d"])]),
            json!([
                [request(&["d", "a", "b"]), covered()],
                [request(&["d", "a", "b"]), request(&["d", "b"])]
            ]),
        ),
        proof(
            "plan-settles",
            input(true),
            json!([request(&["d", "a", "b"]), covered()]),
            json!([[request(&["d", "a"]), request(&["d", "a"])]]),
        ),
    ]
}

fn logins() -> Vec<Proof> {
    let input = |claims: Value| json!({ "required": ["a", "b"], "claims": claims, "recorded": ["a", "b"] });
    let claim = || input(json!({ "scope": "a" }));
    let granted = || json!({ "granted": true, "missing": [] });
    let missing = |scopes: &[&str]| json!({ "granted": false, "missing": scopes });
    vec![
        proof(
            "ensure-missing",
            claim(),
            json!([missing(&["b"])]),
            json!([[{ "granted": true, "missing": ["b"] }], [{ "granted": false, "missing": [] }]]),
        ),
        proof(
            "ensure-claim-decides",
            claim(),
            json!([missing(&["b"])]),
            json!([[granted()], [missing(&["a"])], [missing(&["a", "b"])]]),
        ),
        proof(
            "ensure-joined",
            json!({ "required": ["a", "b", "c"], "claims": { "scope": "a" }, "recorded": ["b"] }),
            json!([missing(&["c"])]),
            json!([[missing(&["b", "c"])], [granted()]]),
        ),
        proof(
            "ensure-opaque-is-recorded",
            json!({ "required": ["a", "b"], "claims": null, "recorded": ["a"] }),
            json!([missing(&["b"])]),
            json!([[granted()], [missing(&["a", "b"])]]),
        ),
        proof(
            "ensure-unrelated",
            json!({ "granted": ["m.n", "p"], "required": ["t:v", "p"], "interactive": true }),
            json!([missing(&["t:v"]), granted()]),
            json!([
                [granted(), granted()],
                [missing(&["t:v", "p"]), granted()],
                [{ "granted": true, "missing": ["t:v"] }, granted()],
                [missing(&["t:v"]), missing(&["t:v"])]
            ]),
        ),
        proof(
            "ensure-as-sets",
            claim(),
            json!([missing(&["b"]), missing(&["b", "b"])]),
            json!([[missing(&["b"]), granted()]]),
        ),
    ]
}

fn registrations() -> Vec<Proof> {
    let input = |requested: Value| json!({ "requested": requested, "supported": ["a", "b", "c"], "defaults": ["c"], "baseline": ["b"] });
    let registered = |scopes: &[&str], expanded: bool| json!({ "registered": scopes, "expanded": expanded });
    vec![
        proof(
            "registration-bounds",
            input(json!(["a"])),
            json!([registered(&["b", "a"], true)]),
            json!([
                [registered(&["a"], false)],
                [registered(&["b"], true)],
                [registered(&["a", "b", "c"], true)],
                ["refused"],
            ]),
        ),
        proof(
            "registration-bounds",
            input(json!(null)),
            json!([registered(&["c", "b"], true)]),
            json!([[registered(&["b"], true)], [registered(&["a", "b", "c"], true)]]),
        ),
        proof(
            "registration-order",
            input(json!(["c", "a"])),
            json!([registered(&["c", "a", "b"], true)]),
            json!([[registered(&["b", "c", "a"], true)], [registered(&["a", "b", "c"], true)]]),
        ),
        proof(
            "registration-unsupported",
            input(json!(["a", "x"])),
            json!(["refused", registered(&["a"], false)]),
            json!([
                [registered(&["a", "b"], true), registered(&["a"], false)],
                [registered(&["a", "x", "b"], true), registered(&["a"], false)],
            ]),
        ),
        proof(
            "registration-expanded",
            input(json!(["b", "b"])),
            json!([registered(&["b"], false)]),
            json!([[registered(&["b"], true)], [registered(&["b", "a"], false)]]),
        ),
        proof(
            "registration-settles",
            input(json!(["a"])),
            json!([registered(&["a", "b"], true), registered(&["a", "b"], false)]),
            json!([
                [registered(&["a", "b"], true), registered(&["a", "b"], true)],
                [registered(&["a", "b"], true), registered(&["a", "b", "c"], false)],
            ]),
        ),
        proof(
            "registration-as-sets",
            input(json!(["a", "c"])),
            json!([registered(&["a", "c", "b"], true), registered(&["c", "a", "b"], true)]),
            json!([
                [registered(&["a", "c", "b"], true), registered(&["c", "b"], true)],
                [registered(&["a", "c", "b"], true), registered(&["a", "c", "b"], false)],
            ]),
        ),
        proof(
            "baseline-first-offender",
            json!({ "baseline": ["a", "x", "y"], "supported": ["a"] }),
            json!([{ "valid": false, "offending": "x" }]),
            json!([
                [{ "valid": false, "offending": "y" }],
                [{ "valid": true, "offending": null }],
                [{ "valid": false, "offending": null }],
                ["refused"],
            ]),
        ),
        proof(
            "baseline-first-offender",
            json!({ "baseline": ["a", "a"], "supported": ["b", "a"] }),
            json!([{ "valid": true, "offending": null }]),
            json!([[{ "valid": false, "offending": "a" }]]),
        ),
    ]
}
