//! The metadata of the resource (RFC 9728).

use serde_json::json;

use crate::support::Resource;

#[tokio::test]
async fn each_resource_has_a_document_of_its_own_where_its_challenge_says() {
    let resource = Resource::start().await;
    let plain = resource.get("/.well-known/oauth-protected-resource").await;
    assert_eq!(resource.running.metadata_url(), resource.url("/.well-known/oauth-protected-resource"));
    assert_eq!(
        plain.json(),
        json!({
            "resource": resource.running.url(),
            "authorization_servers": [resource.issuer.url],
            "scopes_supported": ["files:read", "files:write", "admin"],
            "bearer_methods_supported": ["header"],
            "resource_name": "scopecheck reference resource server",
        })
    );
    let mcp = resource.get("/.well-known/oauth-protected-resource/mcp").await;
    assert_eq!(mcp.json()["resource"], json!(resource.running.mcp_url()));
}

#[tokio::test]
async fn a_list_of_nothing_is_left_out() {
    let empty = Resource::configured(|config| config.scopes_supported = Some(Vec::new())).await;
    let document = empty.get("/.well-known/oauth-protected-resource").await.json();
    assert!(document.get("scopes_supported").is_none() && document.get("resource").is_some());
    let own = Resource::configured(|config| config.scopes_supported = Some(vec!["x".to_owned()])).await;
    let document = own.get("/.well-known/oauth-protected-resource").await.json();
    assert_eq!(document["scopes_supported"], json!(["x"]));
}
