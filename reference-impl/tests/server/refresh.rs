//! The refresh matrix (RFC 6749 section 6).

use scopecheck_reference::server::{ServerConfig, UnknownScopes};

use crate::support::{Answer, Client, Server};

/// A login for `read write` of a client that registered `files:read` as well.
async fn logged_in(config: ServerConfig) -> (Server, Client, String) {
    let server = Server::start(config).await;
    let client = server.public("read write files:read").await;
    let login = server.login(&client, "scope=read+write").await;
    (server, client, login.text_member("refresh_token"))
}

async fn refreshed(extra: &str) -> (Server, Client, Answer) {
    let (server, client, token) = logged_in(ServerConfig::default()).await;
    let answer = server.refresh(&client, &token, extra).await;
    (server, client, answer)
}

#[tokio::test]
async fn a_refresh_gives_what_was_granted_or_less() {
    for (extra, scope) in [
        ("", "read write"),
        ("scope=", "read write"),
        ("scope=read+write", "read write"),
        ("scope=write+read", "write read"),
        ("scope=read", "read"),
        ("scope=write+write", "write"),
    ] {
        let (server, client, answer) = refreshed(extra).await;
        assert_eq!((answer.status, answer.text_member("scope").as_str()), (200, scope), "{extra}");
        let token = answer.text_member("access_token");
        assert_eq!(server.introspect(&client, &token).await["scope"], scope, "{extra}");
    }
}

#[tokio::test]
async fn a_refresh_for_more_is_an_invalid_scope() {
    for extra in
        ["scope=read+files:read", "scope=files:read", "scope=read+unknown", "scope=READ", "scope=a%22b"]
    {
        let (_, _, answer) = refreshed(extra).await;
        assert_eq!((answer.status, answer.error().as_deref()), (400, Some("invalid_scope")), "{extra}");
    }
    let (_, _, answer) = refreshed("scope=read&scope=write").await;
    assert_eq!((answer.status, answer.error().as_deref()), (400, Some("invalid_request")));
}

#[tokio::test]
async fn the_new_refresh_token_keeps_the_whole_grant() {
    let (server, client, narrowed) = refreshed("scope=read").await;
    let again = server.refresh(&client, &narrowed.text_member("refresh_token"), "").await;
    assert_eq!(again.text_member("scope"), "read write");
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_survives_a_refusal() {
    let (server, client, token) = logged_in(ServerConfig::default()).await;
    assert_eq!(server.refresh(&client, &token, "scope=admin").await.status, 400);
    assert_eq!(server.refresh(&client, &token, "").await.status, 200);
    let used = server.refresh(&client, &token, "").await;
    assert_eq!((used.status, used.error().as_deref()), (400, Some("invalid_grant")));
}

#[tokio::test]
async fn a_refresh_token_is_of_no_use_to_another_client() {
    let (server, _, token) = logged_in(ServerConfig::default()).await;
    let other = server.public("read write").await;
    assert_eq!(server.refresh(&other, &token, "").await.error().as_deref(), Some("invalid_grant"));
}

#[tokio::test]
async fn where_unknown_scopes_are_ignored_a_refresh_says_what_is_left() {
    let ignoring = || ServerConfig { unknown: UnknownScopes::Ignore, ..ServerConfig::default() };
    let (server, client, token) = logged_in(ignoring()).await;
    let answer = server.refresh(&client, &token, "scope=read+files:read").await;
    assert_eq!((answer.status, answer.text_member("scope").as_str()), (200, "read"));
    let (server, client, token) = logged_in(ignoring()).await;
    assert_eq!(
        server.refresh(&client, &token, "scope=nothing").await.error().as_deref(),
        Some("invalid_scope")
    );
}
