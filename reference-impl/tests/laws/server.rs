//! P8 to P10: what a server accepts, grants and refreshes, over HTTP.

use std::collections::BTreeSet;

use proptest::prelude::*;
use scopecheck_reference::{faults::Fault, server::ServerConfig};
use scopecheck_scenarios::laws::process::{authorize_decides, grant_is_within, refresh_is_within};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::server_support::{Answer, Client, Server, encoded};

/// What the server supports: scopes that are taken for one another, and the one that brings a refresh token.
const SUPPORTED: &[&str] = &["a", "A", "a:b", "ab", "a,b", "offline_access"];

/// What may be asked for beside that.
const STRANGERS: &[&str] = &["b", "a:", "a:b:c", "a;b", "OFFLINE_ACCESS"];

/// A registration, an authorization request and a refresh: lists of scopes; no refresh scope is an omitted one.
#[derive(Debug, Clone)]
struct Story {
    registered: Vec<&'static str>,
    requested: Vec<&'static str>,
    refreshed: Option<Vec<&'static str>>,
}

fn story() -> impl Strategy<Value = Story> {
    let supported = || prop::sample::select(SUPPORTED);
    let any = || prop_oneof![6 => supported(), 1 => prop::sample::select(STRANGERS)];
    (
        prop::collection::vec(supported(), 1..5),
        prop::collection::vec(any(), 1..4),
        prop::option::of(prop::collection::vec(any(), 1..3)),
    )
        .prop_map(|(mut registered, requested, refreshed)| {
            registered.push("offline_access");
            Story { registered, requested, refreshed }
        })
}

fn scopes(answer: &Answer) -> Vec<String> {
    answer.text_member("scope").split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

fn borrowed(scopes: &[String]) -> Vec<&str> {
    scopes.iter().map(String::as_str).collect()
}

/// Tells a story and judges it.
async fn judge(server: &Server, client: &Client, story: &Story) -> Result<(), TestCaseError> {
    let registered_text = client.registration["scope"].as_str().unwrap_or_default();
    let registered: Vec<&str> = registered_text.split(' ').collect();
    let scope = |scopes: &[&str]| encoded(&[("scope", &scopes.join(" "))]);
    let asked = server.follow(server.authorize(client, &scope(&story.requested)).await).await;
    let code = asked.redirected("code");
    broken(authorize_decides(&story.requested, &registered, code.is_some()))?;
    let Some(code) = code else {
        let error = asked.redirected("error");
        prop_assert_eq!(error.as_deref(), Some("invalid_scope"));
        return Ok(());
    };
    let token = server.redeem(client, &code, "").await;
    let granted = scopes(&token);
    broken(grant_is_within(&borrowed(&granted), &story.requested, &registered))?;
    let wanted: BTreeSet<&str> = story.requested.iter().copied().collect();
    prop_assert_eq!(
        borrowed(&granted).into_iter().collect::<BTreeSet<_>>(),
        wanted,
        "nobody declined anything"
    );
    let Some(refresh_token) = token.member("refresh_token").as_str().map(str::to_owned) else {
        return Ok(());
    };
    let extra = story.refreshed.as_deref().map(scope).unwrap_or_default();
    let refreshed = server.refresh(client, &refresh_token, &extra).await;
    broken(refresh_is_within(&borrowed(&scopes(&refreshed)), &borrowed(&granted)))
}

fn broken(held: Result<(), scopecheck_scenarios::laws::Broken>) -> Result<(), TestCaseError> {
    held.map_err(|broken| TestCaseError::fail(broken.to_string()))
}

/// Puts stories to a server with these faults; gives the first that breaks a law, shrunk.
fn first_break(faults: &[Fault]) -> Option<String> {
    let (runtime, honest) = (Runtime::new().unwrap(), faults.is_empty());
    let supported = SUPPORTED.iter().map(ToString::to_string).collect();
    let faults = faults.iter().copied().collect();
    let config = ServerConfig { scopes_supported: Some(supported), faults, ..ServerConfig::default() };
    let server = runtime.block_on(Server::start(config));
    let told = crate::runner(64, honest).run(&story(), |story| {
        runtime.block_on(async {
            let client = server.register("none", json!(story.registered.join(" "))).await;
            judge(&server, &client, &story).await
        })
    });
    told.err().map(|broken| broken.to_string())
}

#[test]
fn a_server_accepts_grants_and_refreshes_what_is_registered_and_no_more() {
    assert_eq!(first_break(&[]), None);
}

#[test]
fn a_server_that_does_otherwise_is_seen() {
    for fault in [Fault::FirstScopeOnlyChecked, Fault::RefreshWidened, Fault::LastScopeReplaces] {
        assert!(first_break(&[fault]).is_some(), "{fault}");
    }
}
