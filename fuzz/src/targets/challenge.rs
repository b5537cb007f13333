//! A `WWW-Authenticate` value, the judge's reader beside the reference's.

use scopecheck_reference::challenge::{BearerChallenge, read_bearer, read_challenges};
use serde_json::json;

use super::{judge, laws, lines, text};

/// Whatever the value is, it is read or refused at an offset inside it; what is read can be written, and means the same when it is read
/// again; the judge reads the same, or sees as well that the grammar was left; and the laws of challenges hold.
///
/// # Panics
///
/// Where one of that is not so.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match read_challenges(text) {
        Ok(challenges) => {
            for challenge in &challenges {
                assert!(challenge.scheme.span.end <= text.len(), "parts lie inside the text");
                for parameter in challenge.parameters() {
                    assert!(parameter.value.span.end <= text.len(), "parts lie inside the text");
                }
            }
        }
        Err(error) => assert!(error.offset <= text.len(), "an error points into the text"),
    }
    if let Ok(Some(bearer)) = read_bearer(text)
        && let Ok(written) = bearer.write()
    {
        let again = read_bearer(&written).expect("what was written is read").expect("a challenge stays one");
        assert_eq!(again.error, bearer.error, "an error survives being written");
        let scopes = |bearer: &BearerChallenge| bearer.scope.clone().unwrap_or_default().into_strings();
        assert_eq!(scopes(&again), scopes(&bearer), "the scopes survive being written");
    }
    compare(text);
    laws::hold(&["challenge-hostile"], &json!({ "header": text }));
    laws::hold(&["challenge-one-line"], &json!({ "scopes": lines(data), "error": "insufficient_scope" }));
}

/// Both readers see the same challenges, or both see that the text leaves the grammar.
fn compare(text: &str) {
    let judged = judge::read_challenges(text);
    let malformed = judged.iter().any(|challenge| challenge.malformed.is_some());
    let Ok(challenges) = read_challenges(text) else {
        assert!(malformed, "the judge sees what was refused");
        return;
    };
    assert!(!malformed, "the judge refuses what was read: {judged:?}");
    let schemes: Vec<&str> = challenges.iter().map(|challenge| challenge.scheme.text.as_str()).collect();
    assert_eq!(schemes, judged.iter().map(|challenge| challenge.scheme.as_str()).collect::<Vec<_>>());
    for (challenge, judged) in challenges.iter().zip(&judged) {
        let parameters: Vec<(String, String)> = challenge
            .parameters()
            .iter()
            .map(|parameter| (parameter.name.text.to_ascii_lowercase(), parameter.value.text.clone()))
            .collect();
        assert_eq!(parameters, judged.parameters, "the judge reads the same parameters");
    }
}
