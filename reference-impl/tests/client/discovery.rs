//! Discovery: which documents are used, and which are not.

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use scopecheck_reference::client::{ClientConfig, MemoryStore, OAuthProvider};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

use crate::support::list;

/// Answers by path: a status and a document, in which `HERE` stands for the origin.
type Documents = Vec<(&'static str, u16, Value)>;

async fn start(documents: Documents) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(document).with_state(Arc::new((origin.clone(), documents)));
    tokio::spawn(async move { axum::serve(listener, router).await });
    origin
}

async fn document(State(state): State<Arc<(String, Documents)>>, uri: Uri) -> Response {
    let (origin, documents) = &*state;
    match documents.iter().find(|(path, ..)| *path == uri.path()) {
        Some((_, status, body)) => {
            (StatusCode::from_u16(*status).unwrap(), body.to_string().replace("HERE", origin)).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a login ends in; no document here leads to an authorization endpoint that works.
async fn log_in(documents: Documents, path: &str) -> String {
    let origin = start(documents).await;
    let provider = OAuthProvider::new(ClientConfig::default(), Arc::new(MemoryStore::new()));
    let error = provider.log_in(&format!("{origin}{path}"), &list("a")).await.unwrap_err();
    error.to_string().replace(&origin, "HERE")
}

/// The metadata of a server that registers nobody, with some members changed.
fn server(changes: &[(&str, Value)]) -> Value {
    let mut document = json!({
        "issuer": "HERE",
        "authorization_endpoint": "HERE/authorize",
        "token_endpoint": "HERE/token",
        "code_challenge_methods_supported": ["S256"],
    });
    let members: &mut Map<String, Value> = document.as_object_mut().unwrap();
    for (name, value) in changes {
        members.insert((*name).to_owned(), value.clone());
    }
    document
}

const RESOURCE: &str = "/.well-known/oauth-protected-resource";
const SERVER: &str = "/.well-known/oauth-authorization-server";

#[tokio::test]
async fn every_document_is_found_where_it_may_be() {
    let resource = || json!({ "resource": "HERE/mcp", "authorization_servers": ["HERE"] });
    let tenant = || json!({ "resource": "HERE/mcp", "authorization_servers": ["HERE/t"] });
    let of_tenant = || server(&[("issuer", json!("HERE/t"))]);
    let all: Vec<Documents> = vec![
        vec![("/.well-known/oauth-protected-resource/mcp", 200, resource()), (SERVER, 200, server(&[]))],
        vec![(RESOURCE, 200, resource()), ("/.well-known/openid-configuration", 200, server(&[]))],
        vec![(RESOURCE, 200, tenant()), ("/.well-known/oauth-authorization-server/t", 200, of_tenant())],
        vec![(RESOURCE, 200, tenant()), ("/.well-known/openid-configuration/t", 200, of_tenant())],
        vec![(RESOURCE, 200, tenant()), ("/t/.well-known/openid-configuration", 200, of_tenant())],
        // A resource without metadata is its own authorization server.
        vec![(SERVER, 200, server(&[]))],
    ];
    for documents in all {
        let said = log_in(documents.clone(), "/mcp").await;
        assert!(said.contains("lets no client register itself"), "{documents:?}: {said}");
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_told() {
    let resource = |document: Value| vec![(RESOURCE, 200, document), (SERVER, 200, server(&[]))];
    let told = [
        log_in(vec![], "").await,
        log_in(vec![(RESOURCE, 503, json!({}))], "").await,
        log_in(resource(json!([])), "").await,
        log_in(resource(json!({ "authorization_servers": ["HERE"] })), "").await,
        log_in(resource(json!({ "resource": "HERE/other" })), "").await,
        log_in(resource(json!({ "resource": "HERE", "authorization_servers": ["http://example.com"] })), "")
            .await,
        log_in(resource(json!({ "resource": "HERE", "authorization_servers": ["HERE/"] })), "").await,
        log_in(vec![(SERVER, 200, server(&[("issuer", json!("HERE/"))]))], "").await,
        log_in(vec![(SERVER, 200, server(&[("code_challenge_methods_supported", json!(["plain"]))]))], "")
            .await,
        log_in(vec![(SERVER, 200, server(&[("token_endpoint", json!(7))]))], "").await,
        log_in(vec![(SERVER, 200, server(&[("registration_endpoint", json!("HERE/register"))]))], "").await,
    ];
    insta::assert_snapshot!(told.join("\n"));
}
