//! What a request presents: a bearer token in the `Authorization` header, and nowhere else (RFC 6750 section 2.1).
//!
//! Tokens in a form or in the query are not read (sections 2.2 and 2.3 make them optional). One that stands there
//! beside the header makes the request invalid, for a client must not send a token in two ways (section 3.1).

use axum::http::{HeaderMap, header};

/// What a request presents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presented<'a> {
    /// Nothing that this server understands, which is no error of its own (RFC 6750 section 3.1).
    Nothing,
    /// A bearer token.
    Token(&'a str),
    /// A request that is malformed, and why.
    Malformed(&'static str),
}

/// Reads what a request presents. `form` is the body of a request that is form-encoded.
pub(super) fn presented<'a>(
    headers: &'a HeaderMap,
    query: Option<&str>,
    form: Option<&[u8]>,
) -> Presented<'a> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Presented::Nothing };
    if values.next().is_some() {
        return Presented::Malformed("the request has several Authorization headers; send one");
    }
    let octets = value.as_bytes();
    let scheme = octets.split(|octet| *octet == b' ').next().unwrap_or_default();
    if !scheme.eq_ignore_ascii_case(b"bearer") {
        return Presented::Nothing;
    }
    let rest = octets.get(scheme.len()..).unwrap_or_default();
    let token = rest.trim_ascii();
    let Some(token) = std::str::from_utf8(token).ok().filter(|token| is_b64token(token)) else {
        return Presented::Malformed("the Authorization header is not 'Bearer' with one token; send it so");
    };
    let elsewhere = |pairs: &[u8]| form_urlencoded::parse(pairs).any(|(name, _)| name == "access_token");
    if query.is_some_and(|query| elsewhere(query.as_bytes())) || form.is_some_and(elsewhere) {
        return Presented::Malformed("the request holds a token in two places; send it in the header only");
    }
    Presented::Token(token)
}

/// `b64token` of RFC 6750 section 2.1.
fn is_b64token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty() && body.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-._~+/".contains(&octet))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(values: &[&[u8]]) -> HeaderMap {
        let values = values.iter().map(|value| HeaderValue::from_bytes(value).unwrap());
        values.map(|value| (header::AUTHORIZATION, value)).collect()
    }

    fn of(values: &[&[u8]]) -> String {
        match presented(&headers(values), None, None) {
            Presented::Nothing => "nothing".to_owned(),
            Presented::Token(token) => format!("token {token}"),
            Presented::Malformed(_) => "malformed".to_owned(),
        }
    }

    #[test]
    fn one_header_with_one_token_is_what_is_read() {
        assert_eq!(of(&[]), "nothing");
        assert_eq!(of(&[b"Basic YTpi"]), "nothing");
        assert_eq!(of(&[b"Bearer abc"]), "token abc");
        assert_eq!(of(&[b"bEARER  a.b_c~d+e/f== "]), "token a.b_c~d+e/f==");
        for bad in [
            &b"Bearer"[..],
            b"Bearer ",
            b"Bearer a b",
            b"Bearer a,b",
            b"Bearer \"a\"",
            b"Bearer =",
            b"Bearer \xe9",
        ] {
            assert_eq!(of(&[bad]), "malformed", "{}", bad.escape_ascii());
        }
        assert_eq!(of(&[b"Bearer abc", b"Bearer abc"]), "malformed");
        assert_eq!(of(&[b"Basic YTpi", b"Bearer abc"]), "malformed");
    }

    #[test]
    fn a_second_token_elsewhere_makes_the_request_invalid_and_a_lone_one_is_not_read() {
        let one = headers(&[b"Bearer abc"]);
        assert!(matches!(presented(&one, Some("x=1&access_token=abc"), None), Presented::Malformed(_)));
        assert!(matches!(presented(&one, None, Some(b"access%5Ftoken=abc")), Presented::Malformed(_)));
        assert_eq!(presented(&one, Some("token=abc"), Some(b"x=1")), Presented::Token("abc"));
        assert_eq!(presented(&HeaderMap::new(), Some("access_token=abc"), None), Presented::Nothing);
    }
}
