//! The narrowed registration of `contracts.md` section 15, step by step.

use scopecheck_reference::server::ServerConfig;
use serde_json::{Value, json};

use crate::support::{Answer, Client, REDIRECT_URI, Server, decoded, encoded, repro};

const REGISTRATION: &str = r#"{"client_name":"Claude Code","redirect_uris":["http://localhost:8080/callback"],
 "grant_types":["authorization_code","refresh_token"],"scope":"openid"}"#;

async fn registered(server: &Server) -> (Client, Answer) {
    let answer = server.register_raw(REGISTRATION).await;
    let id = answer.text_member("client_id");
    (Client { id, secret: None, registration: answer.json() }, answer)
}

/// The request of E2E-02, which carries no PKCE.
async fn without_pkce(server: &Server, client: &Client, scope: &str) -> Answer {
    let query = encoded(&[
        ("client_id", &client.id),
        ("redirect_uri", REDIRECT_URI),
        ("resource", "https://mcp.test.local"),
        ("response_type", "code"),
        ("scope", scope),
        ("state", "test-state-baseline-regression"),
    ]);
    server.get(&server.url(&format!("/oauth/authorize?{query}"))).await
}

#[tokio::test]
async fn e2e_01_a_narrow_registration_gains_the_baseline() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, answer) = registered(&server).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    assert!(answer.text.contains(r#""scope":"openid offline_access""#), "{}", answer.text);
    assert_eq!(answer.member("token_endpoint_auth_method"), "none");
    assert_eq!(answer.member("response_types"), json!(["code"]));
    assert_eq!(answer.member("client_secret"), Value::Null);
    assert_eq!(server.running.registered_scope(&client.id).unwrap(), ["openid", "offline_access"]);
}

#[tokio::test]
async fn e2e_02_the_wide_request_reaches_the_identity_provider() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, _) = registered(&server).await;
    let answer = without_pkce(&server, &client, "openid offline_access").await;
    assert_eq!(answer.status, 302);
    assert!(answer.header("location").starts_with(server.running.upstream_origin().unwrap()));
    assert_eq!(answer.redirected("error"), None);
    // Without PKCE the request fails only when the code is about to be issued.
    let end = server.follow(answer).await;
    assert_eq!((end.status, end.error().as_deref()), (303, Some("invalid_request")));
}

#[tokio::test]
async fn e2e_03_beyond_the_supported_scopes_nothing_reaches_the_identity_provider() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, _) = registered(&server).await;
    let answer = without_pkce(&server, &client, "openid offline_access admin:read").await;
    assert_eq!(answer.status, 303);
    assert!(answer.header("location").starts_with(REDIRECT_URI));
    assert_eq!(answer.error().as_deref(), Some("invalid_scope"));
    assert_eq!(answer.redirected("state").as_deref(), Some("test-state-baseline-regression"));
    assert_eq!(answer.redirected("code"), None);
    assert!(answer.redirected("error_description").unwrap().contains("'admin:read'"));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn e2e_04_without_a_baseline_the_wide_request_is_refused() {
    let server = Server::start(repro(&[])).await;
    let (client, _) = registered(&server).await;
    assert_eq!(client.registration["scope"], "openid");
    let answer = without_pkce(&server, &client, "openid offline_access").await;
    assert_eq!((answer.status, answer.error().as_deref()), (303, Some("invalid_scope")));
}

#[tokio::test]
async fn e2e_05_a_registration_without_scope_gets_the_supported_defaults() {
    let without_scope = r#"{"redirect_uris":["http://localhost:8080/callback"]}"#;
    let narrow = Server::start(repro(&["offline_access"])).await;
    assert_eq!(narrow.register_raw(without_scope).await.text_member("scope"), "openid offline_access");
    let wide = Server::start(ServerConfig { scopes_supported: None, ..repro(&[]) }).await;
    let answer = wide.register_raw(without_scope).await;
    assert_eq!(answer.text_member("scope"), "openid profile email offline_access");
    let strange =
        ServerConfig { scopes_supported: Some(vec!["custom_scope".to_owned()]), ..repro(&["custom_scope"]) };
    let answer = Server::start(strange).await.register_raw(without_scope).await;
    assert_eq!((answer.status, answer.error().as_deref()), (400, Some("invalid_client_metadata")));
    insta::assert_snapshot!(answer.text_member("error_description"), @"none of the default scopes (openid, profile, email, offline_access) are supported by this server; the client must declare scope explicitly");
}

#[tokio::test]
async fn e2e_06_the_flow_ends_with_what_was_asked_for() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, _) = registered(&server).await;
    let wide = server.login(&client, "scope=openid+offline_access").await;
    assert_eq!(wide.text_member("scope"), "openid offline_access");
    assert_eq!(wide.member("token_type"), "bearer");
    let (header, claims) = decoded(&wide.text_member("access_token")).unwrap();
    assert_eq!(header["typ"], "JWT");
    assert_eq!(claims["scp"], json!(["openid", "offline_access"]));
    assert_eq!(claims.get("scope"), None);
    assert!(wide.member("refresh_token").is_string());

    let narrow = server.login(&client, "scope=openid").await;
    assert_eq!(narrow.text_member("scope"), "openid");
    assert_eq!(narrow.member("refresh_token"), Value::Null);
}

#[tokio::test]
async fn e2e_07_what_left_the_registration_is_not_granted_with_the_code() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, _) = registered(&server).await;
    let upstream = server.authorize(&client, "scope=openid+offline_access").await;
    assert!(server.running.replace_registered_scope(&client.id, vec!["openid".to_owned()]));
    let end = server.follow(upstream).await;
    assert_eq!(end.redirected("scope").as_deref(), Some("openid"));
    let token = server.redeem(&client, &end.redirected("code").unwrap(), "").await;
    assert_eq!(token.text_member("scope"), "openid");
    assert_eq!(token.member("refresh_token"), Value::Null);
}

#[tokio::test]
async fn a_registration_that_shrank_ends_the_refresh_of_what_it_lost() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, _) = registered(&server).await;
    let login = server.login(&client, "scope=openid+offline_access").await;
    server.running.replace_registered_scope(&client.id, vec!["openid".to_owned()]);
    let answer = server.refresh(&client, &login.text_member("refresh_token"), "").await;
    assert_eq!((answer.status, answer.error().as_deref()), (400, Some("invalid_scope")));
}

#[tokio::test]
async fn an_answer_from_upstream_is_taken_up_once() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, _) = registered(&server).await;
    let upstream = server.authorize(&client, "scope=openid").await;
    let back = server.get(upstream.header("location")).await;
    assert_eq!(server.get(back.header("location")).await.status, 303);
    assert_eq!(server.get(back.header("location")).await.status, 400);
    let foreign =
        format!("{}/authorize?redirect_uri=http://evil/", server.running.upstream_origin().unwrap());
    assert_eq!(server.get(&foreign).await.status, 400);
}

#[tokio::test]
async fn the_examples_of_az_01_and_az_03_hold() {
    let server = Server::start(repro(&["offline_access"])).await;
    let (client, _) = registered(&server).await;
    for (extra, outcome) in [
        ("scope=openid", "openid"),
        ("scope=offline_access+openid", "offline_access openid"),
        ("scope=openid++offline_access", "openid offline_access"),
        ("scope=openid+openid", "openid"),
        ("scope=openid&scope=offline_access", "openid"),
        // The system itself grants nothing here, which is a quirk; the documented default is what the RFC asks for.
        ("", "openid"),
        ("scope=openid+admin%3Aread", "invalid_scope"),
        ("scope=admin%3Aread+openid", "invalid_scope"),
        ("scope=OPENID", "invalid_scope"),
        ("scope=openid%09offline_access", "invalid_scope"),
        ("scope=openid.evil", "invalid_scope"),
        ("scope=open", "invalid_scope"),
    ] {
        let answer = server.login(&client, extra).await;
        let seen = answer.error().unwrap_or_else(|| answer.text_member("scope"));
        assert_eq!(seen, outcome, "{extra}");
    }
}

#[tokio::test]
async fn an_identity_provider_may_stand_behind_profile_standard_too() {
    let server = Server::start(ServerConfig { upstream: true, ..ServerConfig::default() }).await;
    let client = server.public("read write").await;
    let upstream = server.authorize(&client, "scope=write").await;
    assert!(upstream.header("location").starts_with(server.running.upstream_origin().unwrap()));
    let login = server.login(&client, "scope=write").await;
    assert_eq!(login.text_member("scope"), "write");
}
