//! The claims of a token, and the laws that hold for reading them.

use scopecheck_reference::claims::{Members, read_claims};
use serde_json::{Value, json};

use super::{judge, laws, text};

const ANY: &[&str] =
    &["claims-others-irrelevant", "claims-member-order", "claims-never-more", "claims-no-merge"];

const AS_TOKEN: &[&str] = &["token-like-claims", "token-signature-irrelevant"];

/// An input of the adapter protocol holds the claims one level down, and JSON is read to a depth of 127.
const LEVELS_TO_SPARE: usize = 120;

/// Whatever the object holds, every scope that is read keeps the grammar, what is certain is part of what is read, a conflict is told, and
/// the laws hold.
///
/// # Panics
///
/// Where one of that is not so.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let Ok(members) = Members::read(text) else { return };
    let claims = read_claims(&members);
    assert!(claims.scopes().iter().all(|scope| judge::is_token(scope)), "every scope keeps the grammar");
    assert!(
        claims.certain().iter().all(|scope| claims.scopes().contains(scope)),
        "certain scopes are read ones"
    );
    if claims.conflict().is_some() {
        assert!(claims.strict().is_err(), "a conflict is never passed over");
    }
    // The laws are put as values, in which the last of two equal members has won.
    let claims: Value = serde_json::from_str(text).unwrap_or_default();
    let input = json!({ "claims": claims });
    laws::hold(ANY, &input);
    if text.bytes().filter(|octet| matches!(octet, b'[' | b'{')).count() < LEVELS_TO_SPARE {
        laws::hold(AS_TOKEN, &input);
    }
    let odd = |name: &str| claims.get(name).is_none_or(|claim| !claim.is_string() && !claim.is_array());
    if odd("scope") && odd("scp") {
        laws::hold(&["claims-odd-types"], &input);
    }
    if let Some(scope) = claims.get("scope").and_then(Value::as_str)
        && judge::Scopes::read(scope).iter().all(judge::is_token)
    {
        laws::hold(&["claims-like-parse"], &json!({ "text": scope }));
    }
}
