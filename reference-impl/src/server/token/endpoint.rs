//! From the request to the grant type that it names.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use super::{client_credentials, code, refresh};
use crate::server::app::App;
use crate::server::client::Client;
use crate::server::client_auth::authenticate;
use crate::server::errors::OAuthError;
use crate::server::incoming::Incoming;

/// Answers a token request.
pub(in crate::server) async fn token(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    answer(&app, &incoming).unwrap_or_else(|error| error.response(&app))
}

/// Authenticates the client and hands over to the grant type.
fn answer(app: &App, incoming: &Incoming) -> Result<Response, OAuthError> {
    let params = &incoming.form(app)?;
    params.check_single()?;
    params.check_not_in(&incoming.query(app))?;
    let client = authenticate(app, incoming, params)?;
    match params.given("grant_type") {
        Some(name @ "authorization_code") => code::redeem(app, &registered_for(client, name)?, params),
        Some(name @ "refresh_token") => refresh::refresh(app, &registered_for(client, name)?, params),
        Some(name @ "client_credentials") => {
            client_credentials::grant(app, &registered_for(client, name)?, params)
        }
        Some(_) => Err(OAuthError::new(
            "unsupported_grant_type",
            "use 'authorization_code', 'refresh_token' or 'client_credentials'",
        )),
        None => Err(OAuthError::invalid_request("parameter 'grant_type' is missing")),
    }
}

/// The client, if it registered the grant type.
fn registered_for(client: Client, grant_type: &str) -> Result<Client, OAuthError> {
    if client.may_use(grant_type) {
        return Ok(client);
    }
    Err(OAuthError::new(
        "unauthorized_client",
        format!("the client did not register the grant type '{grant_type}'"),
    ))
}
