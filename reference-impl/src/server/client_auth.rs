//! Who is asking: client authentication (RFC 6749 section 2.3).

use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::app::App;
use super::client::{AuthMethod, Client};
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::params::Params;

/// The client of a request. It must use the method that it registered; a public one names itself.
pub(super) fn authenticate(app: &App, incoming: &Incoming, params: &Params) -> Result<Client, OAuthError> {
    let presented = presented(incoming, params)?;
    let unknown = || OAuthError::invalid_client("the client is unknown; register it first");
    let client = app.store().clients.get(&presented.id).cloned().ok_or_else(unknown)?;
    if client.auth != presented.method {
        return Err(OAuthError::invalid_client(format!(
            "the client is registered for the authentication method '{}'; use that one",
            client.auth
        )));
    }
    if client.secret != presented.secret {
        return Err(OAuthError::invalid_client("the client secret is wrong"));
    }
    Ok(client)
}

/// What a client presents.
struct Presented {
    id: String,
    secret: Option<String>,
    method: AuthMethod,
}

/// What the client presents; two methods at once make the request invalid.
fn presented(incoming: &Incoming, params: &Params) -> Result<Presented, OAuthError> {
    let in_body = params.given("client_secret");
    let Some(value) = incoming.headers.get(header::AUTHORIZATION) else {
        let missing = || OAuthError::invalid_client("the request names no client; send client_id");
        let id = params.given("client_id").ok_or_else(missing)?.to_owned();
        let method = if in_body.is_some() { AuthMethod::SecretPost } else { AuthMethod::None };
        return Ok(Presented { id, secret: in_body.map(str::to_owned), method });
    };
    if in_body.is_some() {
        return Err(OAuthError::invalid_request("the client authenticates in two ways at once; use one"));
    }
    let (id, secret) = value.to_str().ok().and_then(basic).ok_or_else(|| {
        OAuthError::invalid_client("the Authorization header is not Basic with a client id and secret")
    })?;
    if params.given("client_id").is_some_and(|named| named != id) {
        return Err(OAuthError::invalid_request("client_id differs from the client that authenticates"));
    }
    Ok(Presented { id, secret: Some(secret), method: AuthMethod::SecretBasic })
}

/// Reads HTTP Basic credentials, both halves of which are form-encoded (RFC 6749 section 2.3.1).
fn basic(value: &str) -> Option<(String, String)> {
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    Some((decode(id), decode(secret)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_of_basic_credentials_are_form_decoded() {
        let header = |text: &str| format!("Basic {}", STANDARD.encode(text));
        assert_eq!(basic(&header("a%3Ab:c+d:e")), Some(("a:b".into(), "c d:e".into())));
        assert_eq!(basic(&header("no-colon")), None);
        assert_eq!(basic("Basic %%%"), None);
        assert_eq!(basic("Bearer abc"), None);
    }
}
