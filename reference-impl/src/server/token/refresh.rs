//! The refresh of an access token (RFC 6749 section 6).
//!
//! An omitted scope means the original grant, a narrower one is honoured, a wider one is refused. Each refresh gives
//! a new refresh token, bound to the whole original grant, and ends the old one. A refused refresh ends nothing.

use axum::response::Response;

use super::issue::issue;
use crate::faults::Fault;
use crate::scope::missing_scopes;
use crate::server::app::App;
use crate::server::ask::{Ask, check_grammar, read_ask};
use crate::server::client::Client;
use crate::server::config::UnknownScopes;
use crate::server::decide::{Decision, Said, default_scope};
use crate::server::errors::OAuthError;
use crate::server::params::Params;
use crate::server::store::Grant;

/// Refreshes.
pub(super) fn refresh(app: &App, client: &Client, params: &Params) -> Result<Response, OAuthError> {
    let missing = || OAuthError::invalid_request("parameter 'refresh_token' is missing");
    let value = params.given("refresh_token").ok_or_else(missing)?;
    let unknown = || OAuthError::invalid_grant("the refresh token is unknown, used up or of another client");
    let known = app.store().refresh_tokens.get(value).filter(|grant| grant.client_id == client.id).cloned();
    let grant = known.ok_or_else(unknown)?;
    // What has left the registration since may not be refreshed (AZ-11).
    if let Some(lost) = missing_scopes(&client.scope, &grant.scope).first()
        && !app.has(Fault::ShrunkRegistrationRefreshed)
    {
        return Err(OAuthError::invalid_scope(format!(
            "'{lost}' is not registered for this client any more; log in again"
        )));
    }
    if params.get("scope") == Some("") && app.has(Fault::RefreshEmptyNone) {
        return Err(OAuthError::invalid_scope("nothing is left of the scope"));
    }
    let decision = match read_ask(app, params)? {
        Ask::Omitted if app.has(Fault::RefreshOmittedDefault) => default_scope(app, &client.scope)?,
        Ask::Omitted => Decision::told(grant.scope.clone()),
        Ask::Named { scopes, .. } => named(app, client, &grant, &scopes)?,
    };
    let scope =
        if app.has(Fault::RefreshTokenShrunk) { decision.granted.clone() } else { grant.scope.clone() };
    // Taken here and not above, so that a refused refresh ends nothing; of two at once only one finds it.
    app.store().refresh_tokens.remove(value).ok_or_else(unknown)?;
    issue(app, client, &grant, &decision, Some(Grant { scope, ..grant.clone() }))
}

/// What a refresh that names scopes gets.
fn named(app: &App, client: &Client, grant: &Grant, asked: &[String]) -> Result<Decision, OAuthError> {
    if app.has(Fault::RefreshOrderDependent) && asked != grant.scope {
        return Err(OAuthError::invalid_scope("the scope differs from the one that was granted"));
    }
    let ceiling = if app.has(Fault::RefreshWidened) { &client.scope } else { &grant.scope };
    let beyond = missing_scopes(ceiling, asked);
    let within = missing_scopes(&beyond, asked);
    check_grammar(&beyond)?;
    if let Some(offender) = beyond.first()
        && (within.is_empty() || app.policy.unknown == UnknownScopes::Refuse)
    {
        let text =
            format!("'{offender}' was not granted; leave it out, or ask for it in a new authorization");
        let wrong_code = app.has(Fault::RefreshErrorInvalidGrant);
        return Err(if wrong_code {
            OAuthError::invalid_grant(text)
        } else {
            OAuthError::invalid_scope(text)
        });
    }
    if app.has(Fault::RefreshNarrowingUnsaid) && !missing_scopes(&within, &grant.scope).is_empty() {
        return Ok(Decision { granted: grant.scope.clone(), said: Said::Nothing });
    }
    Ok(Decision::told(within))
}
