//! Discovery: the metadata of the server (RFC 8414), and the same under the path of OpenID Connect Discovery.
//!
//! This is no OpenID provider; the second document is there for clients that know only its path.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::app::App;
use super::client::AuthMethod;
use super::consent::Person;
use super::respond::public_json;
use crate::faults::Fault;
use crate::scope::union_scopes;

/// The metadata document of RFC 8414.
pub(super) async fn oauth(State(app): State<Arc<App>>) -> Response {
    public_json(&document(&app, scopes_supported(&app)))
}

/// The metadata document of OpenID Connect Discovery.
pub(super) async fn openid(State(app): State<Arc<App>>) -> Response {
    let scopes =
        if app.has(Fault::DiscoveryDiffers) { json!(app.policy.baseline) } else { scopes_supported(&app) };
    let mut document = document(&app, scopes);
    if let Some(members) = document.as_object_mut() {
        members.insert("subject_types_supported".to_owned(), json!(["public"]));
        members.insert("id_token_signing_alg_values_supported".to_owned(), json!(["EdDSA"]));
    }
    public_json(&document)
}

/// The public half of the signing key.
pub(super) async fn keys(State(app): State<Arc<App>>) -> Response {
    public_json(&app.key.key_set())
}

/// The supported scopes as the metadata show them: an array, never the baseline nor a union with it (CFG-08).
fn scopes_supported(app: &App) -> Value {
    if app.has(Fault::MetadataEmptyScopes) {
        return json!([]);
    }
    if app.has(Fault::MetadataScopesString) {
        return json!(app.policy.supported.join(" "));
    }
    // Nothing lingers without a fault.
    let lingering: Vec<String> = app.store().lingering.iter().rev().cloned().collect();
    json!(union_scopes(&lingering, &app.policy.supported))
}

/// What both documents hold.
fn document(app: &App, scopes: Value) -> Value {
    let at = |path: &str| json!(format!("{}{path}", app.issuer));
    let methods: Vec<&str> = AuthMethod::ALL.iter().map(|method| method.word()).collect();
    let persons: Vec<&str> = Person::ALL.iter().map(|person| person.word()).collect();
    let mut grants = vec!["authorization_code", "refresh_token"];
    if !app.is_toolhive() {
        grants.push("client_credentials");
    }
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    put("issuer", json!(app.issuer));
    put("authorization_endpoint", at("/oauth/authorize"));
    put("token_endpoint", at("/oauth/token"));
    put("registration_endpoint", at("/oauth/register"));
    put("introspection_endpoint", at("/oauth/introspect"));
    put("revocation_endpoint", at("/oauth/revoke"));
    put("jwks_uri", at("/oauth/jwks"));
    put("scopes_supported", scopes);
    put("response_types_supported", json!(["code"]));
    put("response_modes_supported", json!(["query", "fragment"]));
    put("grant_types_supported", json!(grants));
    put("token_endpoint_auth_methods_supported", json!(methods));
    put("introspection_endpoint_auth_methods_supported", json!(methods));
    put("revocation_endpoint_auth_methods_supported", json!(methods));
    put("code_challenge_methods_supported", json!(["S256"]));
    // Not from the standard: whom `login_hint` may name, so that a test can have somebody who declines.
    put("scopecheck_persons", json!(persons));
    Value::Object(members)
}
