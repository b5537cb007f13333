//! Token revocation (RFC 7009). Revoking a refresh token ends the access tokens of its grant as well.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::app::App;
use super::client_auth::authenticate;
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::respond::empty_response;

/// Answers a revocation request.
pub(super) async fn revoke(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    match end(&app, &incoming) {
        Ok(()) => empty_response(StatusCode::OK),
        Err(error) => error.response(&app),
    }
}

/// Ends a token. One that is unknown is as good as ended; one of another client is refused (section 2.1).
fn end(app: &App, incoming: &Incoming) -> Result<(), OAuthError> {
    let params = incoming.form(app)?;
    params.check_single()?;
    let client = authenticate(app, incoming, &params)?;
    let missing = || OAuthError::invalid_request("parameter 'token' is missing");
    let value = params.given("token").ok_or_else(missing)?;
    let mut store = app.store();
    let refresh = store.refresh_tokens.get(value).cloned();
    let access = store.access_tokens.get(value).map(|token| token.grant.clone());
    let Some(grant) = refresh.as_ref().or(access.as_ref()) else { return Ok(()) };
    if grant.client_id != client.id {
        return Err(OAuthError::new("unauthorized_client", "the token was issued to another client"));
    }
    if refresh.is_some() {
        store.revoke_grant(&grant.id);
    } else if let Some(token) = store.access_tokens.get_mut(value) {
        token.revoked = true;
    }
    Ok(())
}
