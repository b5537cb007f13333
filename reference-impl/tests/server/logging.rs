//! What the operator is told (LOG-01 to LOG-05 of `contracts.md`).

use std::sync::Arc;

use scopecheck_reference::server::{Captured, Level, Record, ServerConfig};
use serde_json::json;

use crate::support::{Client, REDIRECT_URI, Server, repro};

/// A server and its log.
async fn logged(config: ServerConfig) -> (Server, Arc<Captured>) {
    let log = Arc::new(Captured::default());
    let server = Server::start(ServerConfig { log: Some(log.clone()), ..config }).await;
    (server, log)
}

fn lines(records: &[Record]) -> String {
    records.iter().map(Record::line).collect::<Vec<_>>().join("\n")
}

async fn named(server: &Server, name: &str, scope: &str) -> Client {
    let body = json!({
        "client_name": name,
        "redirect_uris": [REDIRECT_URI],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "none",
        "scope": scope,
    });
    let answer = server.register_raw(&body.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    Client { id: answer.text_member("client_id"), secret: None, registration: answer.json() }
}

#[tokio::test]
async fn a_baseline_in_effect_is_told_once_at_the_start() {
    let (server, log) = logged(repro(&["offline_access"])).await;
    insta::assert_snapshot!(lines(&log.records()), @r#"{"level":"INFO","message":"a baseline is in effect: every client that registers gains it","baseline":["offline_access"]}"#);
    named(&server, "later", "openid").await;
    assert_eq!(log.of(Level::Info).len(), 1);
}

#[tokio::test]
async fn without_a_baseline_nothing_is_told() {
    for config in [repro(&[]), ServerConfig::default()] {
        let (server, log) = logged(config).await;
        let client = server.public("offline_access").await;
        server.login(&client, "scope=offline_access").await;
        server.login(&client, "scope=unknown").await;
        assert_eq!(lines(&log.records()), "");
    }
}

#[tokio::test]
async fn each_expansion_is_told_to_those_who_look_for_it_and_nothing_else_is() {
    let (server, log) = logged(repro(&["offline_access"])).await;
    named(&server, "narrow", "openid").await;
    named(&server, "wide", "offline_access openid openid").await;
    named(&server, "none", "").await;
    assert_eq!(server.register_raw(r#"{"scope":"openid"}"#).await.status, 400);
    insta::assert_snapshot!(lines(&log.of(Level::Debug)), @r#"{"level":"DEBUG","message":"the baseline was added to a registration","client_name":"narrow","requested":["openid"],"effective":["openid","offline_access"],"baseline":["offline_access"]}"#);
}

#[tokio::test]
async fn a_thousand_registrations_are_no_warning() {
    let (server, log) = logged(repro(&["offline_access"])).await;
    for _ in 0..1000 {
        named(&server, "again", "openid").await;
    }
    assert_eq!(log.of(Level::Warn), []);
    assert_eq!(log.of(Level::Info).len(), 1);
    assert_eq!(log.of(Level::Debug).len(), 1000);
}

#[tokio::test]
async fn a_hostile_client_name_stays_one_record() {
    let (server, log) = logged(repro(&["offline_access"])).await;
    let hostile = "x\nlevel=ERROR msg=pwned\r\u{1b}[31m\u{9b}31m\u{2028}\u{202e}\0\"}";
    named(&server, hostile, "openid").await;
    let records = log.of(Level::Debug);
    assert_eq!(records.len(), 1);
    let line = records[0].line();
    assert!(line.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{line}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap()["client_name"], hostile);
}

#[tokio::test]
async fn a_scope_that_left_the_registration_is_a_warning_when_it_is_not_granted() {
    let (server, log) = logged(repro(&["offline_access"])).await;
    let client = named(&server, "shrinking", "openid").await;
    let upstream = server.authorize(&client, "scope=openid+offline_access").await;
    server.running.replace_registered_scope(&client.id, vec!["openid".to_owned()]);
    server.follow(upstream).await;
    let shown = lines(&log.of(Level::Warn)).replace(&client.id, "CLIENT");
    insta::assert_snapshot!(shown, @r#"{"level":"WARN","message":"a scope that left the registration was not granted","client_id":"CLIENT","scope":"offline_access"}"#);
}

#[tokio::test]
async fn no_secret_is_ever_told() {
    let (server, log) = logged(repro(&["offline_access"])).await;
    let body = json!({
        "redirect_uris": [REDIRECT_URI],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "openid",
    });
    let registered = server.register_raw(&body.to_string()).await;
    let secret = registered.member("client_secret").as_str().map(str::to_owned);
    let client = Client { id: registered.text_member("client_id"), secret, registration: registered.json() };
    let code = server.follow(server.authorize(&client, "scope=openid+offline_access").await).await;
    let code = code.redirected("code").unwrap();
    let answer = server.redeem(&client, &code, "").await;
    let refresh = answer.text_member("refresh_token");
    let refreshed = server.refresh(&client, &refresh, "").await;
    let secrets = [
        code,
        refresh,
        answer.text_member("access_token"),
        refreshed.text_member("access_token"),
        refreshed.text_member("refresh_token"),
        client.secret.clone().unwrap(),
    ];
    let told = format!("{} {:?}", lines(&log.records()), log);
    for secret in secrets {
        assert!(!secret.is_empty() && !told.contains(&secret), "{told}");
    }
}
