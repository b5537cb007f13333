//! Logins: who is needed, what the answer may be, and what is refused.

use std::time::Duration;

use scopecheck_reference::client::{
    Browser, ClientConfig, CredentialProvider as _, KnownClient, OAuthProvider,
};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use url::Url;

use crate::double::{Echo, Rules};
use crate::support::{World, list};

/// A client that leaves the authorization URL to a person, with the URLs that it announces.
async fn printing(limit: Duration) -> (World, OAuthProvider, mpsc::UnboundedReceiver<Url>) {
    let config = ClientConfig {
        browser: Browser::Print,
        interactive: true,
        login_timeout: limit,
        ..ClientConfig::default()
    };
    let world = World::new(Rules::default(), config.clone()).await;
    let (sender, receiver) = mpsc::unbounded_channel();
    let provider = OAuthProvider::new(config, std::sync::Arc::clone(&world.store))
        .announcing(move |text| sender.send(text.strip_prefix("open ").unwrap().parse().unwrap()).unwrap());
    (world, provider, receiver)
}

/// Sends bytes to the listener, in pieces, and gives the status line.
async fn send(port: u16, pieces: &[&str]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    for piece in pieces {
        stream.write_all(piece.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

fn parameter(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn what_is_not_the_answer_is_told_so_and_waiting_goes_on() {
    let (world, provider, mut urls) = printing(Duration::from_secs(20)).await;
    let resource = world.resource();
    let login = tokio::spawn(async move { provider.log_in(&resource, &list("a")).await });
    let url = urls.recv().await.unwrap();
    let port = Url::parse(&parameter(&url, "redirect_uri")).unwrap().port().unwrap();
    let state = parameter(&url, "state");
    let rest = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let mut lines = Vec::new();
    for request in [
        "GET /other".to_owned(),
        "GET /callback".to_owned(),
        "GET /callback?code=c&state=wrong".to_owned(),
        format!("GET /callback?code=c&state={state}&state={state}"),
        format!("HEAD /callback?code=c&state={state}"),
        format!("POST /callback?code=c&state={state}"),
        format!("GET /callback?x={}", "y".repeat(100_000)),
    ] {
        let shown: String = request.replace(&state, "STATE").chars().take(50).collect();
        lines.push(format!("{shown} -> {}", send(port, &[&request, rest]).await));
    }
    // A person follows the URL, and the answer comes in pieces.
    let location =
        reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let location = location.get(url).send().await.unwrap().headers()["location"].to_str().unwrap().to_owned();
    let path = Url::parse(&location).unwrap();
    let target = format!("/callback?{}", path.query().unwrap());
    lines.push(
        send(port, &["GE", "T ", &target, " HTTP/1.1\r\nHost", ": x\r\nConnection: close\r\n", "\r\n"]).await,
    );
    let credential = login.await.unwrap().unwrap();
    assert_eq!(credential.granted.names(), ["a"]);
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn a_login_that_nobody_answers_ends() {
    let (world, provider, _urls) = printing(Duration::from_millis(50)).await;
    let error = provider.log_in(&world.resource(), &list("a")).await.unwrap_err();
    insta::assert_snapshot!(world.shown(&error), @"the login for http://HERE/api failed: no answer to the login within 0.05 s; try again, and consent in the browser");
}

#[tokio::test]
async fn without_a_person_nothing_is_tried_and_the_hint_can_be_run() {
    let options = ["--state-dir".to_owned(), "/tmp/a b".to_owned()].to_vec();
    let config = ClientConfig { browser: Browser::Command, options, ..ClientConfig::default() };
    let world = World::new(Rules::default(), config).await;
    let unaware = world.provider.get_credential(&world.resource()).await.unwrap_err();
    let said = [world.log_in("a b;c").await, world.call("a").await, world.shown(&unaware)];
    insta::assert_snapshot!(said.join("\n"));
    assert!(!world.events().contains("authorize"));
}

#[tokio::test]
async fn a_scope_that_no_request_can_carry_is_refused_before_anything_is_sent() {
    let world = World::plain().await;
    let error = world.provider.log_in(&world.resource(), &["a b".to_owned()]).await.unwrap_err();
    insta::assert_snapshot!(error, @"a scope that was asked for is malformed: the byte 0x20 at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out");
    assert_eq!(world.events(), "");
}

#[tokio::test]
async fn a_client_that_is_known_does_not_register() {
    let client =
        Some(KnownClient { client_id: "known".to_owned(), client_secret: Some("secret".to_owned()) });
    let world = World::new(Rules::default(), ClientConfig { client, ..ClientConfig::default() }).await;
    assert_eq!(world.log_in("a").await, "granted a");
    assert_eq!(world.events(), "authorize a; token authorization_code");
}

#[tokio::test]
async fn what_was_registered_outranks_what_was_wished_for_but_not_what_is_needed() {
    let rules = Rules { registered: Some(json!("base")), ..Rules::default() };
    let config = ClientConfig { defaults: list("base more"), ..ClientConfig::default() };
    let world = World::new(rules, config).await;
    assert_eq!(world.log_in("a").await, "granted base a");
    assert_eq!(world.events(), "register base more a; authorize base a; token authorization_code");
}

#[tokio::test]
async fn a_registration_is_used_again_and_made_anew_for_further_scopes() {
    let mut world =
        World::new(Rules { registered: Some(json!("a")), ..Rules::default() }, ClientConfig::default()).await;
    world.log_in("a").await;
    world.restart();
    world.log_in("a").await;
    world.double.rule(|rules| rules.registered = Some(json!("a b")));
    world.log_in("b").await;
    assert_eq!(world.events().matches("register").count(), 2);
}

#[tokio::test]
async fn every_kind_of_echo_is_read_or_refused() {
    let mut lines = Vec::new();
    for value in
        [json!(null), json!(""), json!("  "), json!("a"), json!("x y"), json!(["a"]), json!(7), json!("a\tb")]
    {
        let world = World::new(
            Rules { echo: Echo::Value(value.clone()), ..Rules::default() },
            ClientConfig::default(),
        )
        .await;
        let said = world.log_in("a").await;
        lines.push(format!("{value}: {said}; held: {}", world.held().await));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn the_list_of_the_resource_is_asked_for_only_where_nothing_else_says_what_to_ask_for() {
    let world = World::plain().await;
    assert_eq!(world.log_in("").await, "granted ");
    world.provider.log_out(None).await.unwrap();
    let challenge = Some((403, "Bearer error=\"insufficient_scope\"".to_owned()));
    world.double.rule(|rules| rules.challenge = challenge);
    world.double.events();
    world.call("a").await;
    // The 401 of the double names the scope; its 403 does not.
    assert!(
        world.events().starts_with(
            "call a 401; authorize a; token authorization_code; call a 403; authorize a listed;"
        )
    );
}
