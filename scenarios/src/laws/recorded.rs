//! What a client remembers of a token response (RFC 6749 section 5.1; `contracts.md` TOK-02; `requirements-notes.md` C5).

use serde_json::{Value, json};

use super::{
    Call, Law,
    claims::{demand_same, pieces},
    reply::{answer, answer_or_refusal, backwards, demand, demand_set, list, scopes, strings, without},
};

/// A call with what was requested and what was answered.
fn recorded(requested: &Value, response: &Value) -> Call {
    Call { op: "recorded", input: json!({ "requested": requested, "response": response }) }
}

/// The call of an input.
fn given(input: &Value) -> Call {
    recorded(&input["requested"], &input["response"])
}

/// An echo is the truth, be it narrower, wider or other than the request.
pub(super) const ECHO: Law = Law {
    name: "recorded-is-the-echo",
    sentence: "What is recorded is the scope that the response names, never more and never less",
    ops: &["recorded"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::echoed,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        // Whoever gives up on a response that differs from the request records nothing wrong; a vector warns of it.
        let Some(answer) = answer_or_refusal(output, 0)? else { return Ok(()) };
        demand_set(&pieces(&input["response"], "scope"), &scopes(answer, "scopes")?)
    },
};

/// An absent `scope` means: as requested (RFC 6749 section 5.1).
pub(super) const ABSENT: Law = Law {
    name: "recorded-absent-is-the-request",
    sentence: "A response that names no scope grants what was requested",
    ops: &["recorded"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::not_echoed,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| demand_set(&strings(input, "requested"), &scopes(answer(output, 0)?, "scopes")?),
};

/// An empty `scope` says that nothing was granted; it is not silence (M47).
///
/// A dialect that joins claim and record takes it for silence (TOK-02) and is compared, not failed.
pub(super) const EMPTY: Law = Law {
    name: "recorded-empty-is-nothing",
    sentence: "A response with an empty or blank scope grants nothing, least of all what was requested",
    ops: &["recorded"],
    under: &[("grant", "claim")],
    #[cfg(feature = "generate")]
    input: super::generate::echoed_blank,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        // The control: who refuses every response has shown nothing.
        [_] => Some(recorded(&input["requested"], &json!({ "access_token": "t", "scope": "a" }))),
        _ => None,
    },
    holds: |_, output| match answer_or_refusal(output, 0)? {
        None => Ok(()),
        Some(answer) => demand_set(&[], &scopes(answer, "scopes")?),
    },
};

/// Nothing comes from nowhere, whatever the response holds.
pub(super) const NEVER_MORE: Law = Law {
    name: "recorded-never-more",
    sentence: "What is recorded was requested or is named by the response",
    ops: &["recorded"],
    under: &[("separators", "space")],
    #[cfg(feature = "generate")]
    input: super::generate::odd_response,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let Some(answer) = answer_or_refusal(output, 0)? else { return Ok(()) };
        let read = scopes(answer, "scopes")?;
        let mut named = strings(input, "requested");
        named.extend(pieces(&input["response"], "scope"));
        // An element with a space may be split or kept (`design.md` section 5.2).
        named.extend(strings(&input["response"], "scope"));
        let made_up = without(&read, &named);
        demand(made_up.is_empty(), || format!("nothing but {}", list(&named)), || list(&read))
    },
};

/// P14, and the other members of a response say nothing about scope.
pub(super) const MEMBERS: Law = Law {
    name: "recorded-other-members",
    sentence: "The order of a response's members and members that it does not know change nothing",
    ops: &["recorded"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::echoed,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [_] => {
            let mut response = backwards(&input["response"]);
            response["Scope"] = json!("admin");
            response["scp"] = json!(["admin"]);
            response["id_token"] = json!("e30.eyJzY29wZSI6ImFkbWluIn0.e30");
            Some(recorded(&input["requested"], &response))
        }
        _ => None,
    },
    holds: |_, output| demand_same(output),
};
