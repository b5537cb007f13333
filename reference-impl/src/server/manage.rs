//! Reading and deleting a registration (RFC 7592 sections 2.1 and 2.3). Profile `toolhive` does not offer it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::app::App;
use super::client::Client;
use super::incoming::Incoming;
use super::respond::{empty_response, json_response};
use crate::faults::Fault;

/// Where a registration is managed, if that is offered.
pub(super) fn management_uri(app: &App, client_id: &str) -> Option<String> {
    (!app.is_toolhive()).then(|| format!("{}/oauth/register/{client_id}", app.issuer))
}

/// Shows a registration as it is.
pub(super) async fn read(
    State(app): State<Arc<App>>,
    Path(client_id): Path<String>,
    incoming: Incoming,
) -> Response {
    let Some(client) = managed(&app, &client_id, &incoming) else { return refused(&app) };
    let scope = if app.has(Fault::ReadBackDiffers) {
        Some(app.policy.supported.as_slice())
    } else {
        client.echoed.as_deref()
    };
    json_response(StatusCode::OK, &client.information(management_uri(&app, &client_id), scope))
}

/// Deletes a registration, with everything that was issued under it.
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Path(client_id): Path<String>,
    incoming: Incoming,
) -> Response {
    let Some(client) = managed(&app, &client_id, &incoming) else { return refused(&app) };
    app.store().remove_client(&client.id);
    empty_response(StatusCode::NO_CONTENT)
}

/// The client, if the request carries the token that manages it.
pub(super) fn managed(app: &App, client_id: &str, incoming: &Incoming) -> Option<Client> {
    let client = app.store().clients.get(client_id).cloned()?;
    let allowed = !app.is_toolhive() && incoming.bearer_token() == Some(client.management_token.as_str());
    allowed.then_some(client)
}

/// What everybody else is told: nothing, not even whether the client exists (RFC 7592 section 2.1).
pub(super) fn refused(app: &App) -> Response {
    if app.is_toolhive() {
        return empty_response(StatusCode::NOT_FOUND);
    }
    let mut response = empty_response(StatusCode::UNAUTHORIZED);
    let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    response
}
