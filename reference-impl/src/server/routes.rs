//! Which path leads where.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::app::App;
use super::authorize::authorize;
use super::callback::callback;
use super::introspect::introspect;
use super::register::register;
use super::revoke::revoke;
use super::token::token;
use super::update::update;
use super::{manage, metadata};

/// All routes of the server.
pub(super) fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata::oauth))
        .route("/.well-known/openid-configuration", get(metadata::openid))
        .route("/oauth/jwks", get(metadata::keys))
        .route("/oauth/register", post(register))
        .route("/oauth/register/{client_id}", get(manage::read).put(update).delete(manage::delete))
        .route("/oauth/authorize", get(authorize).post(authorize))
        .route("/oauth/callback", get(callback))
        .route("/oauth/token", post(token))
        .route("/oauth/introspect", post(introspect))
        .route("/oauth/revoke", post(revoke))
        .with_state(app)
}
