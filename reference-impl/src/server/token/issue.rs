//! The successful token response (RFC 6749 section 5.1).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::faults::Fault;
use crate::server::app::App;
use crate::server::client::Client;
use crate::server::decide::{Decision, Said};
use crate::server::errors::OAuthError;
use crate::server::jwt::mint;
use crate::server::log::{Level, Record};
use crate::server::outside::{now, secret};
use crate::server::respond::json_response;
use crate::server::store::{AccessToken, Grant};

/// How long an access token is good, in seconds.
const TOKEN_LIFETIME: u64 = 3600;

/// Issues an access token of the decided scope, and a refresh token bound to `refresh_grant` if there is one. The
/// answer always names the scope, even where it is what was asked for (AZ-07).
pub(super) fn issue(
    app: &App,
    client: &Client,
    grant: &Grant,
    decision: &Decision,
    refresh_grant: Option<Grant>,
) -> Result<Response, OAuthError> {
    let scope = if app.has(Fault::ClaimWiderThanResponse) { &client.scope } else { &decision.granted };
    let issued_at = now();
    let record = AccessToken {
        grant: Grant { scope: scope.clone(), ..grant.clone() },
        issued_at,
        expires_at: issued_at + TOKEN_LIFETIME,
        revoked: false,
    };
    let access_token = mint(app, &record)?;
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    put("access_token", json!(access_token));
    put("token_type", json!(if app.is_toolhive() { "bearer" } else { "Bearer" }));
    put("expires_in", json!(TOKEN_LIFETIME));
    let mut store = app.store();
    store.access_tokens.insert(access_token, record);
    if let Some(refresh_grant) = refresh_grant {
        let refresh_token = secret();
        put("refresh_token", json!(refresh_token));
        store.refresh_tokens.insert(refresh_token, refresh_grant);
    }
    match &decision.said {
        Said::Granted => put("scope", written(app, &decision.granted)),
        Said::Other(scope) => put("scope", written(app, scope)),
        Said::Nothing => None,
    };
    if app.has(Fault::LogHoldsTokens) {
        app.log(|| {
            Record::new(Level::Debug, "a token was issued")
                .with("answer", Value::Object(members.clone()).to_string())
        });
    }
    Ok(json_response(StatusCode::OK, &Value::Object(members)))
}

/// A scope as the answer writes it: one string, its tokens joined by one space each.
fn written(app: &App, scope: &[String]) -> Value {
    if app.has(Fault::ScopeArrayResponse) {
        return json!(scope);
    }
    if app.has(Fault::ScopeNullResponse) {
        return Value::Null;
    }
    if app.has(Fault::ScopeEmptyStringResponse) {
        return json!("");
    }
    let separator = if app.has(Fault::CommaJoinedResponse) { "," } else { " " };
    json!(scope.join(separator))
}
