//! A challenge that a library wrote: whether it can be read, and says the scopes that it was given.
//!
//! How a challenge is spelled is free, so no list of wrong spellings is ever long enough.

use serde_json::Value;

use crate::judge::{Scopes, read_challenges};

/// What is wrong with a header that was written for this input, in words; `None` where nothing is, and where the input holds something that
/// no challenge can say.
pub(super) fn fault(input: &str, answer: &Value) -> Option<String> {
    let input: Value = serde_json::from_str(input).ok()?;
    let asked = input.get("scopes")?.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
    if asked.is_empty() || !asked.iter().all(|scope| is_token(scope)) {
        return None;
    }
    let header = answer.get("header")?.as_str()?;
    let challenges = read_challenges(header);
    if let Some(at) = challenges.iter().find_map(|challenge| challenge.malformed.as_ref()) {
        return Some(format!("leaves the grammar of a challenge at offset {}", at.offset));
    }
    let bearer: Vec<_> =
        challenges.iter().filter(|challenge| challenge.scheme.eq_ignore_ascii_case("bearer")).collect();
    let [bearer] = bearer.as_slice() else {
        return Some(format!("holds {} Bearer challenges", bearer.len()));
    };
    let named: Vec<&String> =
        bearer.parameters.iter().filter(|(name, _)| name == "scope").map(|(_, value)| value).collect();
    let [named] = named.as_slice() else {
        return Some(format!("holds {} scope parameters", named.len()));
    };
    let said = Scopes::collect(named.split(' '));
    (!said.same(&Scopes::collect(asked))).then(|| format!("names `{named}`"))
}

fn is_token(scope: &str) -> bool {
    !scope.is_empty() && scope.bytes().all(|octet| matches!(octet, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(header: &str) -> Option<String> {
        fault(r#"{"scopes":["a","b"],"error":"insufficient_scope"}"#, &json!({ "header": header }))
    }

    #[test]
    fn any_spelling_of_the_challenge_will_do() {
        assert_eq!(
            of(r#"Bearer realm="x", error="insufficient_scope", scope="b a", error_description="y""#),
            None
        );
        assert_eq!(of(r#"DPoP algs="ES256", bearer scope="a b""#), None);
    }

    #[test]
    fn what_cannot_be_read_back_is_told() {
        let told: Vec<_> = [
            r#"Bearer scope="a"#,
            r#"Bearer error="x", scope=a b"#,
            r#"Bearer error="x""#,
            r#"Bearer scope="a", scope="b""#,
            r#"Bearer scope="a,b""#,
            r#"Basic realm="x""#,
        ]
        .map(|header| of(header).unwrap_or_default())
        .into();
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn an_input_that_no_challenge_can_say_is_not_judged() {
        let any = json!({ "header": "Bearer" });
        assert_eq!(fault(r#"{"scopes":[],"error":null}"#, &any), None);
        assert_eq!(fault(r#"{"scopes":["a\"b"],"error":null}"#, &any), None);
    }
}
