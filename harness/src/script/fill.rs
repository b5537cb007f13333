//! The placeholders of scripted answers: `{code} {state} {client_id} {jwt:claim=value} {origin}`, and no others.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

/// What a request brings for the placeholders.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    pub(super) code: String,
    pub(super) state: String,
    pub(super) client_id: String,
    pub(super) origin: String,
}

/// Fills in a text.
pub(super) fn fill(text: &str, given: &Given) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let known = [
            ("code}", &given.code),
            ("state}", &given.state),
            ("client_id}", &given.client_id),
            ("origin}", &given.origin),
        ];
        if let Some((name, value)) = known.into_iter().find(|(name, _)| after.starts_with(name)) {
            filled.push_str(value);
            rest = &after[name.len()..];
        } else if let Some((claim, tail)) = after.strip_prefix("jwt:").and_then(closing) {
            filled.push_str(&jwt(claim));
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// The text up to the brace that closes the placeholder, brackets counted.
fn closing(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '}' if depth == 0 => return Some((&text[..at], &text[at + 1..])),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A JWT that makes these claims (`scope=a b`, `scp=["a"]`, joined by `;`). Its signature is nobody's: the judge reads, it does not verify.
fn jwt(claims: &str) -> String {
    let mut members = Map::new();
    let mut kind = "at+jwt";
    for claim in claims.split(';') {
        let (name, value) = claim.split_once('=').unwrap_or((claim, ""));
        if name == "typ" {
            kind = value;
            continue;
        }
        let json = value.starts_with(['[', '{', '"']) || value == "null";
        let value = if json {
            serde_json::from_str(value).unwrap_or(Value::Null)
        } else {
            Value::String(value.to_owned())
        };
        members.insert(name.to_owned(), value);
    }
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!(
        "{}.{}.c2lnbmF0dXJl",
        part(serde_json::json!({ "alg": "ES256", "typ": kind })),
        part(Value::Object(members))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::read_jwt;

    #[test]
    fn placeholders_are_filled_in_and_other_braces_stay() {
        let given = Given {
            code: "c1".into(),
            state: "s1".into(),
            client_id: "id".into(),
            origin: "http://o".into(),
        };
        assert_eq!(fill("{code}&{state}&{client_id}&{origin}/x{y}", &given), "c1&s1&id&http://o/x{y}");
        let token = fill(r#"{jwt:scope=a b;scp=["a","b"]}"#, &given);
        let jwt = read_jwt(&token).unwrap();
        assert_eq!(jwt.claims["scope"], "a b");
        assert_eq!(jwt.claims["scp"][1], "b");
        assert_eq!(jwt.header["typ"], "at+jwt");
    }
}
