//! The second half of an authorization: the way back from the identity provider, and the code.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use super::app::App;
use super::consent::ask_consent;
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::outside::{now, secret};
use super::shrunk::drop_lost;
use super::store::{Code, Pending};

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

/// Issues the code: what left the client's registration since the request is left out (AZ-06), then the person is
/// asked.
pub(super) fn issue_code(app: &App, mut pending: Pending) -> Response {
    if let Some(error) = &pending.refused {
        return pending.target.error(app, error);
    }
    let Some(challenge) = pending.challenge.take() else {
        let error =
            OAuthError::invalid_request("parameter 'code_challenge' is missing; PKCE with S256 is required");
        return pending.target.error(app, &error);
    };
    drop_lost(app, &mut pending.grant, &pending.registered);
    if pending.grant.scope.is_empty() {
        let error = OAuthError::invalid_scope("nothing of the requested scope is registered any more");
        return pending.target.error(app, &error);
    }
    if let Err(error) = ask_consent(app, &mut pending) {
        return pending.target.error(app, &error);
    }
    let code = secret();
    let scope = pending.grant.scope.join(" ");
    let waiting = Code {
        grant: pending.grant,
        said: pending.said,
        redirect_uri: pending.redirect_uri,
        challenge,
        registered: pending.registered,
        expires_at: now() + CODE_LIFETIME,
    };
    app.store().codes.insert(code.clone(), waiting);
    pending.target.code(app, &code, &scope)
}
