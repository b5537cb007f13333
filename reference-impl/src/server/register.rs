//! Dynamic client registration (RFC 7591, DCR-01).
//!
//! The checks stand in the order of DCR-01: rate, size, media type, JSON, metadata, scope, room. Nothing is stored before
//! the last of them has passed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

use super::app::App;
use super::client::{AuthMethod, Client};
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::limits::{above_rate, full};
use super::manage::management_uri;
use super::members::Members;
use super::outside::{now, secret};
use super::registered_scope::{Expanded, RegisteredScope, register_scope, requested_scope};
use super::respond::{json_response, text_response};

/// Most redirect URIs, and longest client name and software id in bytes, that a registration may hold (DCR-01).
const MAX_REDIRECT_URIS: usize = 10;
const MAX_TEXT: usize = 256;

/// Answers a registration request.
pub(super) async fn register(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    if let Some(refusal) = above_rate(&app) {
        return refusal;
    }
    let Some(body) = &incoming.body else { return too_large(&app) };
    match client(&app, &incoming, body) {
        Ok((client, expanded)) => {
            let name = client.name.clone();
            let information = client.information(management_uri(&app, &client.id), client.echoed.as_deref());
            if !app.store().add_client(client, app.capacity()) {
                return full(&app);
            }
            expanded.log(&app, name.as_deref());
            json_response(StatusCode::CREATED, &information)
        }
        Err(error) => error.response(&app),
    }
}

/// The answer to a body that was not read to its end. 400 is what RFC 7591 section 3.2.2 knows; 413 is what the system
/// behind profile `toolhive` was seen to say.
pub(super) fn too_large(app: &App) -> Response {
    let text = "the body is larger than 64 KiB; send less";
    if app.is_toolhive() {
        return text_response(StatusCode::PAYLOAD_TOO_LARGE, text);
    }
    OAuthError::invalid_metadata(text).response(app)
}

/// The client that a request registers.
fn client(app: &App, incoming: &Incoming, body: &[u8]) -> Result<(Client, Expanded), OAuthError> {
    let Described { requested, client, .. } = described(app, incoming, body)?;
    let RegisteredScope { stored, echoed, expanded } = register_scope(app, requested)?;
    Ok((Client { scope: stored, echoed, ..client }, expanded))
}

/// What a request says of a client.
#[derive(Debug)]
pub(super) struct Described {
    /// All that it says.
    pub(super) members: Members,
    /// The scopes that it requests, which are not validated yet.
    pub(super) requested: Vec<String>,
    /// The client, with an id and secrets of its own and without a scope.
    pub(super) client: Client,
}

/// Reads what a request says of a client, and checks everything but its scope.
pub(super) fn described(app: &App, incoming: &Incoming, body: &[u8]) -> Result<Described, OAuthError> {
    let is_json = if app.is_toolhive() {
        incoming.content_type().starts_with("application/json")
    } else {
        incoming.has_media_type("application/json")
    };
    if !is_json {
        return Err(OAuthError::invalid_metadata("the Content-Type must be application/json"));
    }
    let members = Members::read(app, body)?;
    // A scope of the wrong type is a body that cannot be read (DCR-01 step 4), so it comes before what the other
    // members say; whether the scopes are supported comes after.
    let requested = requested_scope(app, &members)?;
    let client = without_scope(app, &members)?;
    Ok(Described { members, requested, client })
}

/// Everything about the client but its scope.
fn without_scope(app: &App, members: &Members) -> Result<Client, OAuthError> {
    let redirect_uris = members.texts("redirect_uris")?.unwrap_or_default();
    let grant_types = members.texts("grant_types")?;
    let response_types = members.texts("response_types")?.unwrap_or_else(|| vec!["code".to_owned()]);
    let (name, software_id) = (members.text("client_name")?, members.text("software_id")?);
    let auth = members.text("token_endpoint_auth_method")?;

    let grant_types = grant_types.unwrap_or_else(|| vec!["authorization_code".to_owned()]);
    let uses_code = grant_types.iter().any(|grant| grant == "authorization_code");
    check_redirect_uris(&redirect_uris, uses_code || app.is_toolhive())?;
    check_texts(name, software_id)?;
    let auth = auth_method(app, auth)?;
    check_grant_types(app, &grant_types, auth)?;
    if uses_code && response_types.iter().any(|kind| kind != "code") {
        return Err(OAuthError::invalid_metadata("the only response type is 'code'; leave the others out"));
    }
    if uses_code && response_types.is_empty() {
        return Err(OAuthError::invalid_metadata("response_types must include 'code'"));
    }
    Ok(Client {
        id: secret(),
        issued_at: now(),
        secret: (auth != AuthMethod::None).then(secret),
        auth,
        redirect_uris,
        name: name.map(str::to_owned),
        software_id: software_id.map(str::to_owned),
        grant_types,
        response_types: if uses_code { response_types } else { Vec::new() },
        scope: Vec::new(),
        echoed: None,
        management_token: secret(),
    })
}

/// Checks the redirect URIs: absolute, without a fragment, of characters that a header can carry.
fn check_redirect_uris(uris: &[String], required: bool) -> Result<(), OAuthError> {
    let invalid = |text: &str| Err(OAuthError::new("invalid_redirect_uri", text));
    if required && uris.is_empty() {
        return invalid("redirect_uris must hold at least one URI");
    }
    if uris.len() > MAX_REDIRECT_URIS {
        return invalid("redirect_uris may hold at most 10 URIs");
    }
    let usable = |text: &String| {
        text.bytes().all(|byte| byte.is_ascii_graphic())
            && Url::parse(text).is_ok_and(|url| url.fragment().is_none())
    };
    if uris.iter().all(usable) {
        Ok(())
    } else {
        invalid("a redirect URI must be absolute and without a fragment")
    }
}

/// Checks the length of what is free text, and the characters of the software id.
fn check_texts(name: Option<&str>, software_id: Option<&str>) -> Result<(), OAuthError> {
    if name.is_some_and(|name| name.len() > MAX_TEXT) {
        return Err(OAuthError::invalid_metadata("client_name may hold at most 256 bytes"));
    }
    let printable =
        |text: &str| text.len() <= MAX_TEXT && text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
    if software_id.is_some_and(|text| !printable(text)) {
        return Err(OAuthError::invalid_metadata(
            "software_id may hold at most 256 printable ASCII characters",
        ));
    }
    Ok(())
}

/// The authentication method; without one that of RFC 7591 section 2, in profile `toolhive` none (E2E-01).
fn auth_method(app: &App, name: Option<&str>) -> Result<AuthMethod, OAuthError> {
    match name {
        None if app.is_toolhive() => Ok(AuthMethod::None),
        None => Ok(AuthMethod::SecretBasic),
        Some(name) => name.parse().map_err(|error| OAuthError::invalid_metadata(format!("{error}"))),
    }
}

/// Checks the grant types. Profile `toolhive` knows two, one of which must be there (DCR-01).
fn check_grant_types(app: &App, grant_types: &[String], auth: AuthMethod) -> Result<(), OAuthError> {
    let known: &[&str] = if app.is_toolhive() {
        &["authorization_code", "refresh_token"]
    } else {
        &["authorization_code", "refresh_token", "client_credentials"]
    };
    if let Some(unknown) = grant_types.iter().find(|grant| !known.contains(&grant.as_str())) {
        let text = format!("the grant type '{unknown}' is not supported; use {}", known.join(", "));
        return Err(OAuthError::invalid_metadata(text));
    }
    let has = |name: &str| grant_types.iter().any(|grant| grant == name);
    if !has("authorization_code") && (app.is_toolhive() || !has("client_credentials")) {
        return Err(OAuthError::invalid_metadata("grant_types must include 'authorization_code'"));
    }
    if has("client_credentials") && auth == AuthMethod::None {
        let text = "a public client cannot use 'client_credentials'; register an authentication method";
        return Err(OAuthError::invalid_metadata(text));
    }
    Ok(())
}
