//! Updates of a registration (RFC 7592 section 2.2).

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Server, repro};

/// The scope that is stored for a client.
fn stored(server: &Server, client: &Client) -> String {
    server.running.registered_scope(&client.id).unwrap().join(" ")
}

fn error(answer: &Answer) -> String {
    let (code, text) = (answer.text_member("error"), answer.text_member("error_description"));
    format!("{} {code}: {text}", answer.status)
}

#[tokio::test]
async fn an_update_replaces_the_scope_and_rotates_nothing() {
    let server = Server::standard().await;
    for method in ["none", "client_secret_basic"] {
        let client = server.register(method, json!("read write")).await;
        let answer = server.update_scope(&client, r#""files:read write""#).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let mut expected = client.registration.clone();
        expected["scope"] = json!("files:read write");
        assert_eq!(answer.json(), expected);
        assert_eq!(stored(&server, &client), "files:read write");
        assert_eq!(answer.header("cache-control"), "no-store");
        let (uri, token) = (
            client.registration["registration_client_uri"].as_str().unwrap(),
            client.registration["registration_access_token"].as_str().unwrap(),
        );
        assert_eq!(server.bearer(Method::GET, uri, token).await.json(), expected);
        assert_eq!(server.login(&client, "scope=read").await.error().as_deref(), Some("invalid_scope"));
        assert_eq!(server.login(&client, "scope=write").await.text_member("scope"), "write");
    }
}

#[tokio::test]
async fn an_update_without_scope_registers_the_default_whatever_was_there() {
    let server = Server::standard().await;
    for left_out in ["", r#""""#] {
        let client = server.public("write").await;
        let answer = server.update_scope(&client, left_out).await;
        assert_eq!(answer.text_member("scope"), "read write files:read");
        assert_eq!(stored(&server, &client), "read write files:read");
    }
}

#[tokio::test]
async fn a_refused_update_changes_nothing_and_says_why() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let before = client.registration.clone();
    let mut texts = Vec::new();
    for changed in [
        r#"{"scope":"write unknown"}"#,
        r#"{"scope":["write"]}"#,
        r#"{"scope":"a\"b"}"#,
        r#"{"client_id":"another"}"#,
        r#"{"client_id":null}"#,
        r#"{"client_secret":"chosen by the client"}"#,
        r#"{"registration_access_token":"chosen by the client"}"#,
        r#"{"client_id_issued_at":1}"#,
        r#"{"redirect_uris":[]}"#,
        r#"{"grant_types":["implicit"]}"#,
    ] {
        texts.push(error(&server.update(&client, changed).await));
    }
    insta::assert_snapshot!(texts.join("\n"), @r#"
    400 invalid_client_metadata: unsupported scope: unknown
    400 invalid_client_metadata: 'scope' must be a string of scopes separated by spaces
    400 invalid_client_metadata: scope 'a'b' is malformed: `'` (0x22) at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    400 invalid_client_metadata: client_id must be that of the registration; send it
    400 invalid_client_metadata: client_id must be that of the registration; send it
    400 invalid_client_metadata: client_secret must be the current one, for a client cannot choose it; send that or leave it out
    400 invalid_client_metadata: 'registration_access_token' may not be sent back; leave it out
    400 invalid_client_metadata: 'client_id_issued_at' may not be sent back; leave it out
    400 invalid_redirect_uri: redirect_uris must hold at least one URI
    400 invalid_client_metadata: the grant type 'implicit' is not supported; use authorization_code, refresh_token, client_credentials
    "#);
    let text = |name: &str| before[name].as_str().unwrap();
    let (uri, token) = (text("registration_client_uri"), text("registration_access_token"));
    assert_eq!(server.put(uri, token, "{").await.status, 400);
    assert_eq!(server.bearer(Method::GET, uri, token).await.json(), before);
    assert_eq!(stored(&server, &client), "read");
}

#[tokio::test]
async fn only_who_holds_the_management_token_may_update() {
    let server = Server::standard().await;
    let (client, other) = (server.public("read").await, server.public("write").await);
    let uri = client.registration["registration_client_uri"].as_str().unwrap();
    let foreign = other.registration["registration_access_token"].as_str().unwrap();
    let own = client.registration["registration_access_token"].as_str().unwrap();
    for token in ["", "wrong", foreign] {
        let answer = server.put(uri, token, "{}").await;
        assert_eq!((answer.status, answer.text.as_str()), (401, ""));
    }
    assert_eq!(server.bearer(Method::DELETE, uri, own).await.status, 204);
    assert_eq!(server.update_scope(&client, r#""write""#).await.status, 401);
    assert_eq!(server.running.registered_clients(), 1, "an update brings no deleted client back");
}

#[tokio::test]
async fn a_client_that_becomes_confidential_gets_a_secret_and_one_that_becomes_public_loses_it() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let answer = server.update(&client, r#"{"token_endpoint_auth_method":"client_secret_basic"}"#).await;
    let secret = answer.member("client_secret").as_str().map(str::to_owned);
    assert!(secret.as_ref().is_some_and(|secret| !secret.is_empty()), "{}", answer.text);
    let client = Client { secret, registration: answer.json(), ..client };
    assert_eq!(server.login(&client, "scope=read").await.status, 200);
    let answer =
        server.update(&client, r#"{"token_endpoint_auth_method":"none","client_secret":null}"#).await;
    assert_eq!((answer.status, answer.member("client_secret")), (200, Value::Null));
}

#[tokio::test]
async fn what_was_granted_before_is_held_to_the_new_registration() {
    let server = Server::standard().await;
    let client = server.public("read write").await;
    let login = server.login(&client, "scope=read+write").await;
    let code = server.authorize(&client, "scope=write+read").await.redirected("code").unwrap();
    let lost = server.authorize(&client, "scope=write").await.redirected("code").unwrap();
    assert_eq!(server.update_scope(&client, r#""read""#).await.status, 200);

    let redeemed = server.redeem(&client, &code, "").await;
    assert_eq!(redeemed.text_member("scope"), "read");
    assert_eq!(server.introspect(&client, &redeemed.text_member("access_token")).await["scope"], "read");
    let refreshed = server.refresh(&client, &redeemed.text_member("refresh_token"), "").await;
    assert_eq!(refreshed.text_member("scope"), "read");
    let nothing_left = server.redeem(&client, &lost, "").await;
    assert_eq!((nothing_left.status, nothing_left.error().as_deref()), (400, Some("invalid_scope")));
    let refused = server.refresh(&client, &login.text_member("refresh_token"), "").await;
    assert_eq!((refused.status, refused.error().as_deref()), (400, Some("invalid_scope")));

    // Tokens that are out live on until they expire: a resource server may have seen them already.
    let access = login.text_member("access_token");
    assert_eq!(server.introspect(&client, &access).await["scope"], "read write");
}

#[tokio::test]
async fn profile_toolhive_offers_no_update() {
    let server = Server::start(repro(&["offline_access"])).await;
    let client = server.public("openid").await;
    let uri = server.url(&format!("/oauth/register/{}", client.id));
    assert_eq!(server.put(&uri, "anything", "{}").await.status, 404);
}
