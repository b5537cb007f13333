//! The client credentials grant (RFC 6749 section 4.4), for confidential clients that registered it.

use axum::http::StatusCode;
use axum::response::Response;

use super::issue::issue;
use crate::faults::Fault;
use crate::server::app::App;
use crate::server::ask::read_ask;
use crate::server::client::{AuthMethod, Client};
use crate::server::decide::decide;
use crate::server::errors::OAuthError;
use crate::server::outside::secret;
use crate::server::params::Params;
use crate::server::store::Grant;

/// Grants what a client may have for itself. There is no refresh token: the client can ask again.
pub(super) fn grant(app: &App, client: &Client, params: &Params) -> Result<Response, OAuthError> {
    if client.auth == AuthMethod::None {
        return Err(OAuthError::new("unauthorized_client", "a public client has no credentials to ask with"));
    }
    let allowed =
        if app.has(Fault::ClientCredentialsUnchecked) { &app.policy.supported } else { &client.scope };
    let decided = read_ask(app, params).and_then(|ask| decide(app, allowed, &ask));
    let decision = decided.map_err(|error| {
        let wrong_status = error.code == "invalid_scope" && app.has(Fault::ClientCredentialsScopeStatus);
        if wrong_status { OAuthError { status: StatusCode::UNAUTHORIZED, ..error } } else { error }
    })?;
    let grant = Grant {
        id: secret(),
        client_id: client.id.clone(),
        subject: client.id.clone(),
        scope: decision.granted.clone(),
        resources: params.all("resource").map(str::to_owned).collect(),
    };
    issue(app, client, &grant, &decision, None)
}
