//! The redemption of an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.6).
//!
//! The exchange knows no `scope`; one that is sent is ignored. A code is good once, and for one attempt of its own
//! client; a second use revokes what the first one gave.

use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::issue::issue;
use crate::faults::Fault;
use crate::scope::union_scopes;
use crate::server::app::App;
use crate::server::client::Client;
use crate::server::decide::Decision;
use crate::server::errors::OAuthError;
use crate::server::log::{Level, Record};
use crate::server::outside::now;
use crate::server::params::Params;
use crate::server::shrunk::drop_lost;
use crate::server::store::{Code, Grant};

/// Redeems a code.
pub(super) fn redeem(app: &App, client: &Client, params: &Params) -> Result<Response, OAuthError> {
    let missing = || OAuthError::invalid_request("parameter 'code' is missing");
    let value = params.given("code").ok_or_else(missing)?;
    if app.has(Fault::LogHoldsTokens) {
        app.log(|| Record::new(Level::Debug, "a code was redeemed").with("code", value));
    }
    let mut code = take(app, client, value)?;
    check(&code, params)?;
    drop_lost(app, &mut code.grant, &code.registered);
    if code.grant.scope.is_empty() {
        return Err(OAuthError::invalid_scope(
            "nothing of what was granted is registered any more; log in again",
        ));
    }
    let mut decision = Decision { granted: code.grant.scope.clone(), said: code.said };
    if app.has(Fault::CodeExchangeWidens) {
        let asked: Vec<String> =
            params.get("scope").unwrap_or_default().split(' ').map(str::to_owned).collect();
        let more: Vec<String> = asked.into_iter().filter(|scope| client.scope.contains(scope)).collect();
        decision.granted = union_scopes(&decision.granted, &more);
    }
    let refresh_grant = earns_refresh_token(app, client, &code.grant).then(|| code.grant.clone());
    issue(app, client, &code.grant, &decision, refresh_grant)
}

/// Takes the code out of the store, so that it is good once.
fn take(app: &App, client: &Client, value: &str) -> Result<Code, OAuthError> {
    let mut store = app.store();
    if let Some(grant_id) = store.redeemed.get(value).cloned() {
        store.revoke_grant(&grant_id);
        return Err(OAuthError::invalid_grant(
            "the code was used before; its tokens are revoked, log in again",
        ));
    }
    let of_this_client = store.codes.get(value).is_some_and(|code| code.grant.client_id == client.id);
    match store.codes.remove(value).filter(|_| of_this_client) {
        Some(code) => {
            store.redeemed.insert(value.to_owned(), code.grant.id.clone());
            Ok(code)
        }
        None => Err(OAuthError::invalid_grant("the code is unknown, or of another client; log in again")),
    }
}

/// Checks what the code is bound to.
fn check(code: &Code, params: &Params) -> Result<(), OAuthError> {
    if code.expires_at <= now() {
        return Err(OAuthError::invalid_grant("the code has expired; log in again"));
    }
    if code.redirect_uri.is_some() && code.redirect_uri.as_deref() != params.given("redirect_uri") {
        return Err(OAuthError::invalid_grant(
            "the redirect URI differs from that of the authorization request",
        ));
    }
    let missing = || OAuthError::invalid_request("parameter 'code_verifier' is missing");
    let verifier = params.given("code_verifier").ok_or_else(missing)?;
    if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != code.challenge {
        return Err(OAuthError::invalid_grant("the code_verifier does not fit the code_challenge"));
    }
    Ok(())
}

/// Whether a refresh token is issued: to every client that registered the grant type, in profile `toolhive` only
/// with `offline_access` granted, in exactly this spelling (AZ-10).
fn earns_refresh_token(app: &App, client: &Client, grant: &Grant) -> bool {
    if !client.may_use("refresh_token") {
        return false;
    }
    if !app.is_toolhive() || app.has(Fault::RefreshWithoutOfflineAccess) {
        return true;
    }
    if app.has(Fault::OfflineAccessAnyCase) {
        return grant.scope.iter().any(|scope| scope.eq_ignore_ascii_case("offline_access"));
    }
    grant.scope.iter().any(|scope| scope == "offline_access")
}
