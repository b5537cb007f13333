//! The judge's own reader of JWT access tokens. It verifies nothing: it only wants to see what a token says of itself.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

/// What a token says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Jwt {
    /// The JOSE header; empty where it cannot be read.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
}

/// Reads a token of three segments whose second is a JSON object; anything else is opaque.
pub fn read_jwt(token: &str) -> Option<Jwt> {
    let segments: Vec<&str> = token.split('.').collect();
    let [header, payload, _] = segments.as_slice() else { return None };
    let object = |segment: &str| {
        let octets = URL_SAFE_NO_PAD.decode(segment).ok()?;
        match serde_json::from_slice(&octets) {
            Ok(Value::Object(map)) => Some(map),
            _ => None,
        }
    };
    Some(Jwt { claims: object(payload)?, header: object(header).unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_segments_with_an_object_are_a_jwt_and_the_rest_is_opaque() {
        let token = format!(
            "{}.{}.x",
            URL_SAFE_NO_PAD.encode(r#"{"typ":"at+jwt"}"#),
            URL_SAFE_NO_PAD.encode(r#"{"scope":"a"}"#)
        );
        let jwt = read_jwt(&token).unwrap();
        assert_eq!((jwt.header["typ"].as_str(), jwt.claims["scope"].as_str()), (Some("at+jwt"), Some("a")));
        for opaque in ["", "abc", "a.b", "a.b.c", "a.e30", "..", "a.e30.c.d"] {
            assert!(read_jwt(opaque).is_none(), "{opaque:?}");
        }
    }
}
