//! Token introspection (RFC 7662).
//!
//! A confidential client may ask about any token, a public one about its own. Access and refresh tokens are known.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::app::App;
use super::client::{AuthMethod, Client};
use super::client_auth::authenticate;
use super::errors::OAuthError;
use super::incoming::Incoming;
use super::jwt::audience;
use super::outside::now;
use super::respond::json_response;
use super::store::{AccessToken, Grant};
use crate::faults::Fault;

/// Answers an introspection request.
pub(super) async fn introspect(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    match answer(&app, &incoming) {
        Ok(members) => json_response(StatusCode::OK, &members),
        Err(error) => error.response(&app),
    }
}

/// What the client may know about the token.
fn answer(app: &App, incoming: &Incoming) -> Result<Value, OAuthError> {
    let params = incoming.form(app)?;
    params.check_single()?;
    let client = authenticate(app, incoming, &params)?;
    let missing = || OAuthError::invalid_request("parameter 'token' is missing");
    let value = params.given("token").ok_or_else(missing)?;
    let visible = |grant: &Grant| client.auth != AuthMethod::None || grant.client_id == client.id;
    let (access, refresh) = {
        let store = app.store();
        (store.access_tokens.get(value).cloned(), store.refresh_tokens.get(value).cloned())
    };
    Ok(match (access, refresh) {
        (Some(token), _) if visible(&token.grant) => access_token(app, &client, &token),
        (None, Some(grant)) if visible(&grant) => active(app, &grant, None),
        _ => json!({ "active": false }),
    })
}

/// What is said of an access token.
fn access_token(app: &App, client: &Client, token: &AccessToken) -> Value {
    if (token.revoked && !app.has(Fault::RevokedTokenKeepsScope)) || token.expires_at <= now() {
        if app.has(Fault::IntrospectionInactiveScope) {
            return json!({ "active": false, "scope": token.grant.scope.join(" ") });
        }
        // RFC 7662 section 2.2: nothing else is told of a token that is not active.
        return json!({ "active": false });
    }
    if app.has(Fault::IntrospectionWider) {
        let owner = app.store().clients.get(&token.grant.client_id).cloned();
        let scope = owner.map_or_else(|| client.scope.clone(), |owner| owner.scope);
        return active(app, &Grant { scope, ..token.grant.clone() }, Some(token));
    }
    active(app, &token.grant, Some(token))
}

/// What is said of a token that is active.
fn active(app: &App, grant: &Grant, token: Option<&AccessToken>) -> Value {
    let as_array = app.has(Fault::IntrospectionScopeArray);
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    put("active", json!(true));
    put("scope", if as_array { json!(grant.scope) } else { json!(grant.scope.join(" ")) });
    put("client_id", json!(grant.client_id));
    if let Some(token) = token {
        put("token_type", json!("Bearer"));
        put("exp", json!(token.expires_at));
        put("iat", json!(token.issued_at));
    }
    put("sub", json!(grant.subject));
    put("aud", audience(app, grant));
    put("iss", json!(app.issuer));
    Value::Object(members)
}
