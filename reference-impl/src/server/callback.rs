//! The second half of an authorization: the way back from the identity provider, and the code.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use super::app::App;
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::outside::{now, secret};
use super::store::{Code, Pending};
use crate::faults::Fault;
use crate::scope::missing_scopes;

/// How long a code is good, in seconds.
const CODE_LIFETIME: u64 = 60;

/// Takes up an authorization request that comes back from upstream. Each does so once.
pub(super) async fn callback(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    let params = incoming.query(&app);
    let pending = params.given("state").and_then(|state| app.store().pending.remove(state));
    let Some(pending) = pending else {
        return OAuthError::invalid_request("no authorization request waits for this state; start again")
            .response(&app);
    };
    if params.given("code").is_none() {
        let error = OAuthError::new("access_denied", "the identity provider gave no code");
        return pending.target.error(&app, &error);
    }
    issue_code(&app, pending)
}

/// Issues the code. What left the client's registration since the request is left out (AZ-06).
pub(super) fn issue_code(app: &App, mut pending: Pending) -> Response {
    if let Some(error) = &pending.refused {
        return pending.target.error(app, error);
    }
    let Some(challenge) = pending.challenge.take() else {
        let error =
            OAuthError::invalid_request("parameter 'code_challenge' is missing; PKCE with S256 is required");
        return pending.target.error(app, &error);
    };
    let lost = lost_since(app, &pending);
    if !lost.is_empty() && !app.has(Fault::StoredScopeTrusted) {
        pending.grant.scope.retain(|scope| !lost.contains(scope));
        if pending.grant.scope.is_empty() {
            let error = OAuthError::invalid_scope("nothing of the requested scope is registered any more");
            return pending.target.error(app, &error);
        }
    }
    let code = secret();
    let scope = pending.grant.scope.join(" ");
    let waiting = Code {
        grant: pending.grant,
        said: pending.said,
        redirect_uri: pending.redirect_uri,
        challenge,
        expires_at: now() + CODE_LIFETIME,
    };
    app.store().codes.insert(code.clone(), waiting);
    pending.target.code(app, &code, &scope)
}

/// The scopes that were registered at the time of the request and are not any more.
fn lost_since(app: &App, pending: &Pending) -> Vec<String> {
    let store = app.store();
    let registered = store.clients.get(&pending.grant.client_id).map(|client| client.scope.as_slice());
    missing_scopes(registered.unwrap_or_default(), &pending.registered)
}
