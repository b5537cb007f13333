//! Replacing a registration (RFC 7592 section 2.2). Profile `toolhive` does not offer it.
//!
//! The choices of this server: the request describes the client anew and is held to all rules of a registration. What
//! it leaves out is gone, so that an update without scope is registered for the default, as a registration without
//! scope is. A refused update changes nothing. Nothing is rotated: id, secret and management token stay as they are,
//! and a secret is made or dropped only where the authentication method asks for it.
//!
//! What was granted before is held to the new registration as soon as it is used again: a code and a refresh token give
//! nothing that has left it. Access tokens that are out live on until they expire.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::app::App;
use super::client::{AuthMethod, Client};
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::limits::above_rate;
use super::manage::{managed, management_uri, refused};
use super::members::Members;
use super::register::{Described, described, too_large};
use super::registered_scope::{Expanded, RegisteredScope, register_scope};
use super::respond::json_response;
use crate::faults::Fault;
use crate::scope::union_scopes;

/// What only the server writes into a registration, and a client may not send back (RFC 7592 section 2.2).
const SERVER_ONLY: [&str; 4] = [
    "registration_access_token",
    "registration_client_uri",
    "client_secret_expires_at",
    "client_id_issued_at",
];

/// Answers an update.
pub(super) async fn update(
    State(app): State<Arc<App>>,
    Path(client_id): Path<String>,
    incoming: Incoming,
) -> Response {
    let Some(client) = managed(&app, &client_id, &incoming) else { return refused(&app) };
    if let Some(refusal) = above_rate(&app) {
        return refusal;
    }
    let Some(body) = &incoming.body else { return too_large(&app) };
    match replaced(&app, &client, &incoming, body) {
        Ok((updated, expanded)) => {
            // Somebody may have deleted the client in the meantime; an update does not bring it back.
            if !app.store().replace_client(updated.clone()) {
                return refused(&app);
            }
            expanded.log(&app, updated.name.as_deref());
            let uri = management_uri(&app, &updated.id);
            json_response(StatusCode::OK, &updated.information(uri, updated.echoed.as_deref()))
        }
        Err(error) => error.response(&app),
    }
}

/// The client as the request describes it, under the id and the secrets that it has.
fn replaced(
    app: &App,
    old: &Client,
    incoming: &Incoming,
    body: &[u8],
) -> Result<(Client, Expanded), OAuthError> {
    let Described { members, requested, client } = described(app, incoming, body)?;
    check_identity(&members, old)?;
    let scope = updated_scope(app, old, &requested).inspect_err(|_| {
        if app.has(Fault::RefusedUpdateApplied) {
            app.store().replace_client(Client { scope: requested.clone(), ..old.clone() });
        }
    })?;
    let secret = match client.auth {
        AuthMethod::None => None,
        _ => old.secret.clone().or(client.secret),
    };
    let updated = Client {
        id: old.id.clone(),
        issued_at: old.issued_at,
        management_token: old.management_token.clone(),
        secret,
        scope: scope.stored,
        echoed: scope.echoed,
        ..client
    };
    Ok((updated, scope.expanded))
}

/// Checks that the request is about this client, and sets nothing that only the server sets.
fn check_identity(members: &Members, client: &Client) -> Result<(), OAuthError> {
    if members.text("client_id")? != Some(client.id.as_str()) {
        return Err(OAuthError::invalid_metadata("client_id must be that of the registration; send it"));
    }
    if members.text("client_secret")?.is_some_and(|secret| client.secret.as_deref() != Some(secret)) {
        let text =
            "client_secret must be the current one, for a client cannot choose it; send that or leave it out";
        return Err(OAuthError::invalid_metadata(text));
    }
    match SERVER_ONLY.into_iter().find(|name| members.get(name).is_some()) {
        Some(name) => {
            Err(OAuthError::invalid_metadata(format!("'{name}' may not be sent back; leave it out")))
        }
        None => Ok(()),
    }
}

/// The scope after the update: what a registration with this request would have.
fn updated_scope(app: &App, old: &Client, requested: &[String]) -> Result<RegisteredScope, OAuthError> {
    if app.has(Fault::UpdateOmittedWidens) && requested.is_empty() {
        return Ok(RegisteredScope::plain(app.policy.supported.clone()));
    }
    let scope = register_scope(app, requested.to_vec())?;
    if app.has(Fault::UpdateIgnored) {
        return Ok(RegisteredScope { stored: old.scope.clone(), ..scope });
    }
    if app.has(Fault::UpdateEchoDiffers) {
        let first = scope.stored.iter().take(1).cloned().collect();
        return Ok(RegisteredScope { stored: first, ..scope });
    }
    if app.has(Fault::UpdateMerges) {
        return Ok(RegisteredScope::plain(union_scopes(&old.scope, &scope.stored)));
    }
    Ok(scope)
}
