//! The metadata of the resource (RFC 9728).
//!
//! There are two resources: the plain operations under the address of the server, and the MCP endpoint below it. Each
//! has a document of its own, whose address is made by putting the well-known path between host and path.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::app::App;
use super::respond::json_response;
use crate::faults::Fault;
use crate::scope::union_scopes;

/// The metadata of the plain operations.
pub(super) async fn plain(State(app): State<Arc<App>>) -> Response {
    public(&document(&app, &app.url))
}

/// The metadata of the MCP endpoint.
pub(super) async fn mcp(State(app): State<Arc<App>>) -> Response {
    public(&document(&app, &app.mcp_url()))
}

/// The document of a resource. A member without any value is left out (section 3.2).
fn document(app: &App, resource: &str) -> Value {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    put("resource", json!(resource));
    put("authorization_servers", json!([app.issuer.name()]));
    if let Some(scopes) = scopes_supported(app) {
        put("scopes_supported", scopes);
    }
    put("bearer_methods_supported", json!(["header"]));
    put("resource_name", json!("scopecheck reference resource server"));
    Value::Object(members)
}

/// What is listed: what was configured, else everything that an operation demands.
fn scopes_supported(app: &App) -> Option<Value> {
    if app.has(Fault::ResourceMetadataEmptyScopes) {
        return Some(json!([]));
    }
    if app.has(Fault::ResourceMetadataOtherScopes) {
        return Some(json!(["openid", "profile"]));
    }
    let demanded = || {
        let all: Vec<&String> =
            app.config.operations.iter().flat_map(|operation| &operation.requires).collect();
        union_scopes(&all, &[])
    };
    let mut listed = app.config.scopes_supported.clone().unwrap_or_else(demanded);
    if app.has(Fault::OfflineAccessChallenged) {
        listed.push("offline_access".to_owned());
    }
    if app.has(Fault::ResourceMetadataScopesString) {
        return Some(json!(listed.join(" ")));
    }
    (!listed.is_empty() && !app.has(Fault::ResourceMetadataNoScopes)).then(|| json!(listed))
}

/// An answer that anybody may keep.
fn public(body: &Value) -> Response {
    let mut response = json_response(StatusCode::OK, body);
    response.headers_mut().remove(header::CACHE_CONTROL);
    response
}
