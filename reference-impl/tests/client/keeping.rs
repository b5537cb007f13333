//! What is kept, and in which order.

use std::sync::Arc;

use scopecheck_reference::client::{
    Browser, ClientConfig, FileStore, MemoryStore, OAuthProvider, Session, TokenStore,
};
use serde_json::json;

use crate::double::{Echo, Rules};
use crate::failing::FailingStore;
use crate::support::World;

#[tokio::test]
async fn a_failed_save_changes_neither_store_nor_cache() {
    let store = Arc::new(FailingStore::default());
    let world = World::with_store(Rules::default(), ClientConfig::default(), Arc::clone(&store) as _).await;
    world.log_in("a").await;
    let before = world.text();
    store.fail(true);
    assert!(world.log_in("b").await.starts_with("cannot write"));
    store.fail(false);
    assert_eq!(world.text(), before);
    world.double.events();
    assert_eq!(world.call("a").await, "done");
    assert_eq!(world.events(), "call a 200");
}

#[tokio::test]
async fn a_refresh_that_could_not_be_saved_is_not_made_twice() {
    let store = Arc::new(FailingStore::default());
    let mut world =
        World::with_store(Rules::default(), ClientConfig::default(), Arc::clone(&store) as _).await;
    world.log_in("a").await;
    world.expire();
    world.restart();
    store.fail(true);
    world.double.events();
    assert!(world.call("a").await.starts_with("cannot write"));
    store.fail(false);
    // The refresh token that is stored was used up; the new one is saved first, and then used.
    assert_eq!(world.call("a").await, "done");
    assert_eq!(world.events(), "token refresh_token; call a 200");
    assert!(!world.text().unwrap().contains("\"expires_at\":1,"));
}

#[tokio::test]
async fn a_refresh_asks_for_no_scope_and_remembers_a_narrower_echo() {
    let mut world = World::plain().await;
    world.log_in("a b").await;
    world.expire();
    world.restart();
    world.double.rule(|rules| rules.echo = Echo::Value(json!("a")));
    world.double.events();
    assert_eq!(world.call("a").await, "done");
    assert_eq!(world.events(), "token refresh_token; call a 200");
    assert_eq!(world.held().await, "a (echoed)");
}

#[tokio::test]
async fn a_refresh_without_a_new_refresh_token_keeps_the_old_one() {
    let mut world = World::plain().await;
    world.log_in("a").await;
    world.expire();
    world.restart();
    world.double.rule(|rules| rules.refreshable = false);
    world.call("a").await;
    assert!(world.text().unwrap().contains(r#""refresh_token":"refresh-"#));
}

#[tokio::test]
async fn a_login_that_is_refused_logs_nobody_out() {
    let world = World::plain().await;
    world.log_in("a").await;
    world.double.rule(|rules| rules.refused = Some(("access_denied", "no")));
    insta::assert_snapshot!(world.log_in("b").await, @"the login for http://HERE/api failed: the authorization server refused the login with `access_denied`: no; change the request, or ask its operator");
    assert_eq!(world.held().await, "a (echoed)");
}

#[tokio::test]
async fn ten_callers_at_once_open_one_flow() {
    let world = World::plain().await;
    let session = Arc::new(Session::new(Arc::clone(&world.provider)));
    let (url, mut calls) = (world.resource(), Vec::new());
    for _ in 0..10 {
        let (session, url) = (Arc::clone(&session), url.clone());
        calls.push(tokio::spawn(async move { session.call(&url, Some("a")).await.unwrap() }));
    }
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(world.double.count("authorize"), 1);
}

#[tokio::test]
async fn two_processes_that_refresh_at_once_send_the_token_once() {
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn TokenStore> = Arc::new(FileStore::new(folder.path()));
    let world = World::with_store(Rules::default(), ClientConfig::default(), Arc::clone(&store)).await;
    world.log_in("a").await;
    world.expire();
    world.double.events();
    let process = || Session::new(Arc::new(OAuthProvider::new(ClientConfig::default(), Arc::clone(&store))));
    let (one, other, url) = (process(), process(), world.resource());
    let (one, other) = tokio::join!(one.call(&url, Some("a")), other.call(&url, Some("a")));
    assert_eq!((one.unwrap().status, other.unwrap().status), (200, 200));
    assert_eq!((world.double.count("token"), world.double.count("authorize")), (1, 0));
}

#[tokio::test]
async fn a_token_that_another_process_has_widened_is_found_before_a_login() {
    let store: Arc<dyn TokenStore> = Arc::new(MemoryStore::new());
    let world = World::with_store(Rules::default(), ClientConfig::default(), Arc::clone(&store)).await;
    world.log_in("a").await;
    let other = OAuthProvider::new(ClientConfig::default(), store);
    other.log_in(&world.resource(), &["b".to_owned()]).await.unwrap();
    world.double.events();
    assert_eq!(world.call("b").await, "done");
    assert_eq!(world.events(), "call b 403; call b 200");
}

#[tokio::test]
async fn a_refresh_token_goes_nowhere_but_to_where_it_came_from() {
    let world = World::plain().await;
    world.log_in("a").await;
    let text = world.text().unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["issuer"], json!(world.double.url));
    // Without its origin a record is good for its access token only.
    world.write(r#"{"access_token":"x","expires_at":1,"refresh_token":"refresh-4"}"#);
    let other = World::with_store(Rules::default(), ClientConfig::default(), Arc::clone(&world.store)).await;
    world.double.events();
    other.provider.status(None).await.unwrap();
    let again = OAuthProvider::new(ClientConfig::default(), Arc::clone(&world.store));
    let session = Session::new(Arc::new(again));
    session.call(&world.resource(), Some("a")).await.unwrap();
    assert!(!world.events().contains("refresh_token"));
}

#[tokio::test]
async fn logging_out_forgets_the_tokens_and_says_whose() {
    let world = World::plain().await;
    world.log_in("a").await;
    assert_eq!(world.provider.log_out(None).await.unwrap(), [world.resource()]);
    assert!(world.provider.log_out(None).await.unwrap().is_empty());
    assert_eq!(world.held().await, "nothing");
}

#[tokio::test]
async fn a_better_token_that_another_process_stored_during_a_login_stays() {
    let config = ClientConfig { browser: Browser::Print, interactive: true, ..ClientConfig::default() };
    let world = World::plain().await;
    world.log_in("a").await;
    let other = Arc::new(OAuthProvider::new(ClientConfig::default(), Arc::clone(&world.store)));
    let (sender, mut urls) = tokio::sync::mpsc::unbounded_channel();
    let provider = OAuthProvider::new(config, Arc::clone(&world.store))
        .announcing(move |text| sender.send(text.strip_prefix("open ").unwrap().to_owned()).unwrap());
    let url = world.resource();
    let login = tokio::spawn(async move { provider.log_in(&url, &["b".to_owned()]).await });
    let authorize = urls.recv().await.unwrap();
    other.log_in(&world.resource(), &["b".to_owned(), "c".to_owned()]).await.unwrap();
    reqwest::Client::builder().no_proxy().build().unwrap().get(authorize).send().await.unwrap();
    assert_eq!(login.await.unwrap().unwrap().granted.names(), ["a", "b", "c"]);
    assert_eq!(world.held().await, "a (echoed), b (echoed), c (echoed)");
}
