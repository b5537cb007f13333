//! A stub identity provider: everybody is logged in there and sent straight back.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::app::App;
use super::outside::secret;
use super::respond::{redirect_response, text_response};
use super::store::Pending;

/// Sends an authorization request on to the identity provider (AZ-04).
pub(super) fn send_upstream(app: &App, pending: Pending) -> Response {
    let state = secret();
    app.store().pending.insert(state.clone(), pending);
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", "scopecheck-reference")
        .append_pair("redirect_uri", &format!("{}/oauth/callback", app.issuer))
        .append_pair("scope", "openid")
        .append_pair("state", &state)
        .finish();
    let origin = app.upstream.as_deref().unwrap_or_default();
    redirect_response(StatusCode::FOUND, &format!("{origin}/authorize?{query}"))
}

/// The identity provider. It sends back to one address only, the callback of the server that it stands behind.
pub(super) fn routes(callback: String) -> Router {
    Router::new().route("/authorize", get(login)).with_state(Arc::new(callback))
}

/// Logs in whoever comes.
async fn login(State(callback): State<Arc<String>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    if value("redirect_uri").as_ref() != Some(&*callback) {
        return text_response(StatusCode::BAD_REQUEST, "this redirect URI is not registered here\n");
    }
    let answer = form_urlencoded::Serializer::new(String::new())
        .append_pair("code", &secret())
        .append_pair("state", &value("state").unwrap_or_default())
        .finish();
    redirect_response(StatusCode::FOUND, &format!("{callback}?{answer}"))
}
