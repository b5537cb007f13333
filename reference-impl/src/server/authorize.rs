//! The authorization endpoint (RFC 6749 section 3.1).
//!
//! The client and its redirect URI are checked before anything else, and never redirected to when they are bad.
//! Who is asked for consent says `login_hint`. Profile `standard` wants PKCE with S256 of every client at once; profile
//! `toolhive` looks at it when the code is issued (AZ-02).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use url::Url;

use super::app::App;
use super::ask::{Ask, read_ask};
use super::callback::issue_code;
use super::client::Client;
use super::consent::person;
use super::decide::{Decision, decide};
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::outside::secret;
use super::params::Params;
use super::redirect::RedirectTarget;
use super::respond::text_response;
use super::store::{Grant, Pending};
use super::upstream::send_upstream;
use crate::faults::Fault;
use crate::scope::union_scopes;

/// Answers an authorization request by GET, or by POST of a form.
pub(super) async fn authorize(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    let mut params = incoming.query(&app);
    if incoming.method == Method::POST {
        if app.is_toolhive() {
            return text_response(StatusCode::METHOD_NOT_ALLOWED, "send the request with GET\n");
        }
        match incoming.form(&app) {
            Ok(form) => params = params.and(form),
            Err(error) => return error.response(&app),
        }
    }
    answer(&app, &params).unwrap_or_else(|error| error.response(&app))
}

/// The answer; an error here is one that must not be redirected.
fn answer(app: &App, params: &Params) -> Result<Response, OAuthError> {
    let client = client_of(app, params)?;
    if app.has(Fault::BadScopeRedirectsAnywhere)
        && let (Some(uri), Err(error)) = (params.given("redirect_uri"), decision(app, &client, params))
    {
        return Ok(target(uri, params).error(app, &error));
    }
    let target = target(redirect_uri(&client, params)?, params);
    match pending(app, &client, params, target.clone()) {
        Ok(pending) if app.upstream.is_some() => Ok(send_upstream(app, pending)),
        Ok(pending) => Ok(issue_code(app, pending)),
        Err(error) if error.code == "invalid_scope" && app.has(Fault::UpstreamReachedOnBadScope) => {
            let mut pending = pending_for(app, &client, params, target, Decision::told(Vec::new()));
            pending.refused = Some(error);
            Ok(if app.upstream.is_some() { send_upstream(app, pending) } else { issue_code(app, pending) })
        }
        Err(error) => Ok(target.error(app, &error)),
    }
}

/// The client of the request.
fn client_of(app: &App, params: &Params) -> Result<Client, OAuthError> {
    let unknown = || {
        let error = OAuthError::invalid_client("the client is unknown; register it first");
        // Only profile `toolhive` answers a browser with a status meant for clients that authenticate (AZ-02).
        if app.is_toolhive() { error } else { OAuthError { status: StatusCode::BAD_REQUEST, ..error } }
    };
    if params.repeats("client_id") && !params.first_scope_wins() {
        return Err(OAuthError::invalid_request(
            "parameter 'client_id' is given more than once; send it once",
        ));
    }
    let id = params.given("client_id").ok_or_else(unknown)?;
    app.store().clients.get(id).cloned().ok_or_else(unknown)
}

/// The redirect URI: one that is registered, byte for byte, or the only one where none is named.
fn redirect_uri<'a>(client: &'a Client, params: &'a Params) -> Result<&'a str, OAuthError> {
    if params.repeats("redirect_uri") && !params.first_scope_wins() {
        return Err(OAuthError::invalid_request(
            "parameter 'redirect_uri' is given more than once; send it once",
        ));
    }
    match (params.given("redirect_uri"), client.redirect_uris.as_slice()) {
        (Some(uri), registered) if registered.iter().any(|one| one == uri) => Ok(uri),
        (Some(_), _) => Err(OAuthError::invalid_request(
            "the redirect URI is not registered for this client; send a registered one, byte for byte",
        )),
        (None, [only]) => Ok(only),
        (None, _) => Err(OAuthError::invalid_request("name one of the registered redirect URIs")),
    }
}

/// Where answers go. A `state` that comes more than once is not given back, for it is not clear which one.
fn target(uri: &str, params: &Params) -> RedirectTarget {
    RedirectTarget {
        uri: uri.to_owned(),
        state: params.get("state").filter(|_| !params.repeats("state")).map(str::to_owned),
        fragment: params.given("response_mode") == Some("fragment"),
    }
}

/// Checks what is left, in the order of the profile (AZ-02).
fn pending(
    app: &App,
    client: &Client,
    params: &Params,
    target: RedirectTarget,
) -> Result<Pending, OAuthError> {
    params.check_single()?;
    let decision = if app.is_toolhive() {
        let decision = decision(app, client, params)?;
        check_request(params)?;
        if target.state.as_ref().is_none_or(|state| state.len() < 8) {
            return Err(OAuthError::new(
                "invalid_state",
                "the state is shorter than 8 characters; send a longer one",
            ));
        }
        decision
    } else {
        check_request(params)?;
        check_pkce(params)?;
        decision(app, client, params)?
    };
    Ok(pending_for(app, client, params, target, decision))
}

/// Checks everything but scope, redirect URI and PKCE.
fn check_request(params: &Params) -> Result<(), OAuthError> {
    match params.given("response_type") {
        Some("code") => {}
        None => return Err(OAuthError::invalid_request("parameter 'response_type' is missing; send 'code'")),
        Some(_) => {
            return Err(OAuthError::new(
                "unsupported_response_type",
                "only the response type 'code' is supported",
            ));
        }
    }
    if !matches!(params.given("response_mode"), None | Some("query" | "fragment")) {
        return Err(OAuthError::new(
            "unsupported_response_mode",
            "only the response modes 'query' and 'fragment' are supported",
        ));
    }
    let usable = |text: &str| Url::parse(text).is_ok_and(|url| url.fragment().is_none());
    if !params.all("resource").all(usable) {
        return Err(OAuthError::new(
            "invalid_target",
            "a resource must be an absolute URI without a fragment",
        ));
    }
    Ok(())
}

/// Checks the PKCE parameters (RFC 7636 section 4.3), of which only the method S256 is accepted.
fn check_pkce(params: &Params) -> Result<(), OAuthError> {
    if params.given("code_challenge").is_none() {
        return Err(OAuthError::invalid_request("parameter 'code_challenge' is missing; PKCE is required"));
    }
    if params.given("code_challenge_method") != Some("S256") {
        return Err(OAuthError::invalid_request(
            "only the code_challenge_method 'S256' is supported; send it",
        ));
    }
    Ok(())
}

/// What is granted.
fn decision(app: &App, client: &Client, params: &Params) -> Result<Decision, OAuthError> {
    let mut ask = read_ask(app, params)?;
    if app.has(Fault::UnknownParameterScopes)
        && let (Ask::Named { scopes, .. }, Some(more)) = (&mut ask, params.given("scopes"))
    {
        let more = more.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        let more: Vec<String> = more.collect();
        *scopes = union_scopes(scopes, &more);
    }
    let allowed = if app.has(Fault::RegisteredLimitIgnored) { &app.policy.supported } else { &client.scope };
    let mut decision = decide(app, allowed, &ask)?;
    if app.has(Fault::BaselineGranted) {
        decision.granted = union_scopes(&decision.granted, &app.policy.baseline);
    }
    Ok(decision)
}

/// The request as it waits for the identity provider, or for nothing.
fn pending_for(
    app: &App,
    client: &Client,
    params: &Params,
    target: RedirectTarget,
    decision: Decision,
) -> Pending {
    let person = person(app, params);
    Pending {
        target,
        grant: Grant {
            id: secret(),
            client_id: client.id.clone(),
            subject: person.word().to_owned(),
            scope: decision.granted,
            resources: params.all("resource").map(str::to_owned).collect(),
        },
        person,
        said: decision.said,
        redirect_uri: params.given("redirect_uri").map(str::to_owned),
        registered: client.scope.clone(),
        challenge: params
            .given("code_challenge")
            .filter(|_| params.given("code_challenge_method") == Some("S256"))
            .map(str::to_owned),
        refused: None,
    }
}
