//! From the text of a token to its claims (CL-01).

use crate::claims::Members;

/// Which tokens are taken for JWTs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Segments {
    /// Those of three segments, the only ones that RFC 7519 section 3 and RFC 7515 section 7.1 know.
    #[default]
    Three,
    /// Those of three segments or more, the last but one of which is the payload: profile `cli-engine`.
    LastButOne,
}

/// Why a token is opaque to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpaqueReason {
    /// Not as many segments as a JWT has.
    #[error("it has {found} segments separated by dots, and a JWT has three")]
    Segments {
        /// How many there are.
        found: usize,
    },
    /// The payload is not base64url without padding, or not one JSON object that can be kept.
    #[error("its payload is not base64url, without padding, of one JSON object")]
    Payload,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing that can be read. Many good tokens are such: this is no error.
    Opaque(OpaqueReason),
    /// The claims, duplicates included.
    Claims(Members),
}

impl Reading {
    /// The claims, if there are any to read.
    pub fn claims(&self) -> Option<&Members> {
        match self {
            Self::Opaque(_) => None,
            Self::Claims(claims) => Some(claims),
        }
    }
}

/// Reads a token of three segments. The header is not looked at, nor the signature.
pub fn read_token(token: &str) -> Reading {
    read_token_of(token, Segments::Three)
}

/// Reads a token of a given shape.
pub fn read_token_of(token: &str, segments: Segments) -> Reading {
    let found = token.bytes().filter(|byte| *byte == b'.').count() + 1;
    let shaped = match segments {
        Segments::Three => found == 3,
        Segments::LastButOne => found >= 3,
    };
    if !shaped {
        return Reading::Opaque(OpaqueReason::Segments { found });
    }
    match jsonwebtoken::dangerous::insecure_decode_claims::<Members>(token) {
        Ok(claims) => Reading::Claims(claims),
        Err(_) => Reading::Opaque(OpaqueReason::Payload),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};

    use super::*;

    fn segment(payload: impl AsRef<[u8]>) -> String {
        URL_SAFE_NO_PAD.encode(payload)
    }

    fn opaque(token: &str) -> bool {
        read_token(token).claims().is_none()
    }

    #[test]
    fn a_token_of_three_segments_is_read_and_its_header_is_not() {
        let payload = segment(" {\"scope\":\"a\"}\n");
        for token in [format!("h.{payload}.s"), format!("Bearer !.{payload}."), format!(".{payload}.é")] {
            let reading = read_token(&token);
            assert_eq!(reading.claims().unwrap().get("scope").unwrap(), "a", "{token}");
        }
        assert!(read_token("h.e30.s").claims().unwrap().is_empty());
    }

    #[test]
    fn the_opaque_rows_of_cl_01_are_opaque() {
        let json = segment(r#"{"scope":"a"}"#);
        let mut tokens = vec![String::new(), "opaque".into(), "a..b".into(), "..".into(), "h.e31.s".into()];
        tokens.push(format!("h.{json}"));
        tokens.push(format!("h.{json}.iv.c.t"));
        tokens.push("h..iv.c.t".into());
        tokens.push(format!("h.{}.s", URL_SAFE.encode(r#"{"scope":"ab"}"#)));
        tokens.push(format!("h.{}.s", STANDARD.encode(r#"{"a":"~~~???~~~~"}"#)));
        tokens.push(format!("h.{json} .s"));
        tokens.push(format!("h.{json}\n.s"));
        for payload in [
            "[]",
            "\"a\"",
            "1",
            "null",
            "{} x",
            "\u{feff}{}",
            r#"{"a":1e999}"#,
            r#"{"a":"\ud800"}"#,
            "{'a':1}",
            "",
        ] {
            tokens.push(format!("h.{}.s", segment(payload)));
        }
        tokens.push(format!("h.{}.s", segment(b"{\"a\":\"\xff\"}")));
        for token in tokens {
            assert!(opaque(&token), "{token}");
        }
    }

    #[test]
    fn the_depth_of_a_payload_is_bounded() {
        let nested = |levels: usize| {
            segment(format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1)))
        };
        assert!(!opaque(&format!("h.{}.s", nested(127))));
        assert!(opaque(&format!("h.{}.s", nested(128))));
    }

    #[test]
    fn both_of_two_equal_members_are_seen() {
        let token = format!("h.{}.s", segment(r#"{"scope":"a","scope":"a admin"}"#));
        assert_eq!(read_token(&token).claims().unwrap().count("scope"), 2);
    }

    #[test]
    fn the_last_segment_but_one_is_read_where_that_is_the_dialect() {
        let json = segment("{}");
        let read = |token: &str| read_token_of(token, Segments::LastButOne).claims().is_some();
        for (token, read_there) in [
            (format!("h.{json}"), false),
            (format!("h.{json}.s"), true),
            (format!("h.{json}.x.s"), false),
            (format!("h.x.{json}.s"), true),
            (format!("h.x.y.{json}.s"), true),
        ] {
            assert_eq!(read(&token), read_there, "{token}");
        }
    }

    #[test]
    fn a_token_of_a_mebibyte_is_read_in_no_time() {
        let scopes: Vec<String> = (0..75_000).map(|number| format!("scope-{number}")).collect();
        let token = format!("h.{}.s", segment(format!("{{\"scope\":\"{}\"}}", scopes.join(" "))));
        assert!(token.len() > 1024 * 1024);
        let claims = crate::claims::read_claims(read_token(&token).claims().unwrap());
        assert_eq!(claims.strict().unwrap().len(), scopes.len());
        assert!(opaque(&".".repeat(1024 * 1024)));
    }

    #[test]
    fn a_reason_is_given() {
        let reason = |token: &str| match read_token(token) {
            Reading::Opaque(reason) => reason.to_string(),
            Reading::Claims(claims) => panic!("{claims:?}"),
        };
        insta::assert_snapshot!(reason("a.b"), @"it has 2 segments separated by dots, and a JWT has three");
        insta::assert_snapshot!(reason("a.b.c"), @"its payload is not base64url, without padding, of one JSON object");
    }
}
