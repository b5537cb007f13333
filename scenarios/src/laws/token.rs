//! What an access token shows to whoever holds it, unverified (`contracts.md` CL-01).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{
    Call, Law,
    claims::demand_same,
    reply::{answer_or_refusal, demand_set, scopes, text},
};

/// A call that reads a token.
fn token(token: &str) -> Call {
    Call { op: "token", input: json!({ "token": token }) }
}

/// A compact JWT. Nobody verifies it here, so any third segment will do.
fn jwt(header: &Value, payload: &Value, signature: &str) -> String {
    let segment = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", segment(header), segment(payload), URL_SAFE_NO_PAD.encode(signature))
}

/// A token grants what its claims grant.
pub(super) const LIKE_CLAIMS: Law = Law {
    name: "token-like-claims",
    sentence: "A token with readable claims shows the scopes of those claims",
    ops: &["token", "claims"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::claims,
    calls: |input, so_far| match so_far {
        [] => Some(Call { op: "claims", input: json!({ "claims": input["claims"] }) }),
        [_] => Some(token(&jwt(&json!({ "alg": "RS256", "typ": "at+jwt" }), &input["claims"], "signature"))),
        _ => None,
    },
    holds: |_, output| demand_same(output),
};

/// What a client learns does not depend on what it cannot check (CL-01).
pub(super) const SIGNATURE_IRRELEVANT: Law = Law {
    name: "token-signature-irrelevant",
    sentence: "Another header or signature around the same claims changes nothing",
    ops: &["token"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::claims,
    calls: |input, so_far| match so_far {
        [] => Some(token(&jwt(&json!({ "alg": "RS256", "typ": "at+jwt" }), &input["claims"], "signature"))),
        [_] => {
            let header = json!({ "typ": "JWT", "kid": "scope", "alg": "ES256" });
            Some(token(&jwt(&header, &input["claims"], "another signature")))
        }
        _ => None,
    },
    holds: |_, output| demand_same(output),
};

/// An opaque token shows nothing, so it covers nothing by itself (CL-01, M37, M41).
pub(super) const OPAQUE: Law = Law {
    name: "token-opaque-shows-nothing",
    sentence: "A token without readable claims shows no scope",
    ops: &["token"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::opaque_token,
    calls: |input, so_far| match so_far {
        [] => Some(token(text(input, "token"))),
        // The control: who refuses every token has shown nothing.
        [_] => Some(token(&jwt(&json!({ "alg": "RS256" }), &json!({ "scope": "a" }), "signature"))),
        _ => None,
    },
    holds: |_, output| match answer_or_refusal(output, 0)? {
        None => Ok(()),
        Some(answer) => demand_set(&[], &scopes(answer, "scopes")?),
    },
};
