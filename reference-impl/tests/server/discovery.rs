//! The metadata documents.

use scopecheck_reference::server::Profile;
use serde_json::json;

use crate::support::{Server, repro};

const OAUTH: &str = "/.well-known/oauth-authorization-server";
const OPENID: &str = "/.well-known/openid-configuration";

#[tokio::test]
async fn the_metadata_name_what_is_there() {
    let server = Server::standard().await;
    let answer = server.get(&server.url(OAUTH)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    let shown = answer.text.replace(server.running.issuer(), "ISSUER");
    let pretty: serde_json::Value = serde_json::from_str(&shown).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&pretty).unwrap());
}

#[tokio::test]
async fn both_documents_show_the_supported_scopes_and_not_the_baseline() {
    let config = repro(&["offline_access"]);
    assert_eq!(config.profile, Profile::Toolhive);
    let server = Server::start(config).await;
    for path in [OAUTH, OPENID] {
        let scopes = server.get(&server.url(path)).await.member("scopes_supported");
        assert_eq!(scopes, json!(["openid", "offline_access"]), "{path}");
    }
}
