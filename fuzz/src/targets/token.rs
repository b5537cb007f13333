//! An access token, read without its signature, and the judge's reader beside it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use scopecheck_reference::{
    claims::Members,
    token::{Reading, read_token},
};

use super::{judge, laws, text};

/// A token is opaque or an object of claims, for the reference and for the judge alike, and an opaque one shows nothing. The input is a token as it stands; an input that
/// begins with `{` is the payload of one.
///
/// # Panics
///
/// Where the two readers differ, or the law is broken.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if text.starts_with('{') {
        compare(&format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(text)));
    }
    compare(text);
}

fn compare(token: &str) {
    let judged = judge::read_jwt(token).map(|jwt| Members::from(&jwt.claims));
    match (read_token(token), judged) {
        (Reading::Opaque(_), None) => {
            laws::hold(&["token-opaque-shows-nothing"], &serde_json::json!({ "token": token }));
        }
        (Reading::Claims(members), Some(judged)) => {
            for (name, value) in members.iter().chain(judged.iter()) {
                assert!(judged.get(name).is_some(), "the judge reads every member");
                assert!(
                    members.get(name) == judged.get(name),
                    "the last member of a name counts for both: {value}"
                );
            }
        }
        (reading, judged) => panic!("the reference reads {reading:?}, the judge {judged:?}"),
    }
}
