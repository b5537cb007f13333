//! Stories: what a client and a server say to each other, as text. Honest clients tell one text, faulty ones another.

use std::sync::Arc;

use scopecheck_reference::client::{ClientConfig, FileStore, Session};
use serde_json::json;

use crate::double::{Echo, Rules};
use crate::failing::FailingStore;
use crate::support::World;

/// All stories, with their names.
pub(crate) const STORIES: &[&str] = &[
    "two steps",
    "defaults and recorded scopes",
    "a default that was declined",
    "expired and not refreshable",
    "expired without a refresh token",
    "offline access",
    "refreshed without an echo",
    "declined by echo",
    "declined by claim",
    "empty echo",
    "declined with a better token held",
    "declined and called again",
    "refused by the server",
    "somebody else",
    "always insufficient",
    "demands that take turns",
    "plain 403",
    "other case",
    "no scope at all",
    "two scopes at once",
    "scope in another scheme",
    "a challenge in capitals",
    "a challenge with white space",
    "a challenge with escapes",
    "two scopes challenged",
    "a plus sign",
    "members that no standard defines",
    "an ID token that names a scope",
    "metadata of another resource",
    "two authorization servers",
    "refused for one scope",
    "a forged callback",
    "a callback in pieces",
    "a callback that comes twice",
    "a callback that names a scope",
    "a token endpoint that is down",
    "metadata that take their time",
    "started again",
    "looked at after the token has expired",
    "logged out",
    "a record that cannot be read",
    "a record of an earlier version",
    "an opaque record of an earlier version",
    "a token with `scp`",
    "a record with a second name",
    "a store that is full",
    "two calls at once",
];

/// A client that logs in for `a` in a world of these rules.
async fn logged_in(rules: Rules, config: ClientConfig, told: &mut Vec<String>) -> World {
    let world = World::new(rules, config).await;
    told.push(world.log_in("a").await);
    world
}

/// A client that is logged in and then refused with this challenge.
async fn stepped_up(config: ClientConfig, challenge: &str, told: &mut Vec<String>) -> World {
    let world = World::new(Rules::default(), config).await;
    told.push(world.log_in("a").await);
    world.double.rule(|rules| rules.challenge = Some((403, challenge.to_owned())));
    let session = Session::new(Arc::clone(&world.provider));
    told.push(world.call_in(&session, "b").await);
    world
}

/// A client that is started again after its token has expired.
async fn expired(rules: Rules, config: ClientConfig, operation: &str, told: &mut Vec<String>) -> World {
    let mut world = World::new(rules, config).await;
    told.push(world.log_in("a").await);
    world.expire();
    world.restart();
    told.push(world.call(operation).await);
    world
}

/// A client whose calls are refused for ever.
async fn endless(world: World, told: &mut Vec<String>) -> World {
    told.push(world.log_in("a").await);
    // An endless client would be here for ever; a dozen logins say enough.
    let call = world.call("b");
    let enough = async {
        while world.double.count("authorize") < 12 {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    };
    tokio::select! {
        answer = call => told.push(answer),
        () = enough => { world.double.events(); told.push("no end".to_owned()); }
    }
    world
}

/// Tells a story: events, results and what is held in the end, one a line.
pub(crate) async fn tell(story: &str, config: ClientConfig) -> String {
    let mut told = Vec::new();
    let world = match story {
        "two steps" => {
            let world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a").await);
            told.push(world.call("b").await);
            told.push(world.call("c").await);
            world
        }
        "defaults and recorded scopes" => {
            let world =
                World::new(Rules::default(), ClientConfig { defaults: vec!["base".into()], ..config }).await;
            told.push(world.log_in("a").await);
            told.push(world.call("b").await);
            world
        }
        "a default that was declined" => {
            let config = ClientConfig { defaults: vec!["base".into()], ..config };
            let world = World::new(Rules { declined: vec!["base"], ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            told.push(world.call("b").await);
            world
        }
        "expired and not refreshable" => {
            expired(Rules { refreshes: false, ..Rules::default() }, config, "b", &mut told).await
        }
        "expired without a refresh token" => {
            expired(Rules { refreshable: false, ..Rules::default() }, config, "a", &mut told).await
        }
        "offline access" => {
            let world = World::new(Rules::default(), config).await;
            told.push(world.log_in("openid offline_access").await);
            world
        }
        "refreshed without an echo" => {
            expired(Rules { echo: Echo::Absent, ..Rules::default() }, config, "b", &mut told).await
        }
        "declined by echo" => {
            let world = World::new(Rules { declined: vec!["b"], ..Rules::default() }, config).await;
            told.push(world.log_in("a b").await);
            world
        }
        "declined by claim" => {
            let rules = Rules { declined: vec!["b"], echo: Echo::Absent, claim: true, ..Rules::default() };
            let world = World::new(rules, config).await;
            told.push(world.log_in("a b").await);
            world
        }
        "empty echo" => {
            let world = World::new(Rules { echo: Echo::Value(json!("")), ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            world
        }
        "started again" => {
            let mut world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a").await);
            world.restart();
            told.push(world.call("a").await);
            world
        }
        "looked at after the token has expired" => {
            let mut world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a").await);
            world.expire();
            world.restart();
            world
        }
        "logged out" => {
            let world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a").await);
            let forgotten = world.provider.log_out(None).await.unwrap();
            told.push(format!("forgotten: {}", forgotten.len()));
            told.push(world.call("b").await);
            world
        }
        "a record that cannot be read" => {
            let mut world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a").await);
            world.write("{\"access_token\":");
            world.restart();
            told.push(world.call("a").await);
            told.push(format!("heard: {}", world.events()));
            return told.join("\n");
        }
        "a record of an earlier version" => {
            let mut world = World::new(Rules { claim: true, ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            world.forget("scopes");
            world.restart();
            told.push(world.call("a").await);
            world
        }
        "an opaque record of an earlier version" => {
            let config = ClientConfig { defaults: vec!["base".into()], ..config };
            let mut world = World::new(Rules { declined: vec!["base"], ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            world.forget("scopes");
            world.restart();
            world
        }
        "a token with `scp`" => {
            let rules = Rules { claim: true, scp: true, ..Rules::default() };
            let mut world = World::new(rules, config).await;
            told.push(world.log_in("a").await);
            world.forget("scopes");
            world.restart();
            world
        }
        "a record with a second name" => {
            let folder = tempfile::tempdir().unwrap();
            let files = FileStore::new(folder.path()).with_faults(&config.faults);
            let world = World::with_store(Rules::default(), config, Arc::new(files.clone())).await;
            told.push(world.log_in("a").await);
            let (text, other) = (world.text(), folder.path().join("other"));
            std::fs::hard_link(files.path(&world.key()), &other).unwrap();
            told.push(world.call("b").await);
            let same = std::fs::read_to_string(other).ok() == text;
            told.push(format!(
                "under its second name the old record is {}",
                if same { "whole" } else { "gone" }
            ));
            told.push(format!("held: {}", world.held().await));
            return told.join("\n");
        }
        "declined with a better token held" => {
            let world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a b").await);
            world.double.rule(|rules| rules.declined = vec!["b", "c"]);
            told.push(world.call("c").await);
            world
        }
        "declined and called again" => {
            let world = World::new(Rules { declined: vec!["b"], ..Rules::default() }, config).await;
            let session = Session::new(Arc::clone(&world.provider));
            told.push(world.log_in("a").await);
            told.push(world.call_in(&session, "b").await);
            told.push(world.call_in(&session, "b").await);
            world
        }
        "refused by the server" => {
            let refused = Some(("invalid_scope", "there is no \u{1b}[1mb"));
            let world = World::new(Rules { refused, ..Rules::default() }, config).await;
            told.push(world.log_in("b").await);
            world
        }
        "somebody else" => {
            let world = World::new(Rules { claim: true, ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            world.double.rule(|rules| rules.subject = "user-2");
            told.push(world.call("b").await);
            world
        }
        "demands that take turns" => {
            let rules = Rules { turns: true, echo: Echo::Absent, ..Rules::default() };
            endless(World::new(rules, config).await, &mut told).await
        }
        "always insufficient" => {
            let challenge = Some((403, r#"Bearer error="insufficient_scope""#.to_owned()));
            endless(World::new(Rules { challenge, ..Rules::default() }, config).await, &mut told).await
        }
        "plain 403" => {
            let challenge = Some((403, r#"Bearer scope="b""#.to_owned()));
            let world = World::new(Rules { challenge, ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            told.push(world.call("b").await);
            world
        }
        "other case" => {
            let challenge = Some((401, r#"Bearer error="invalid_token", scope="READ""#.to_owned()));
            let rules = Rules { challenge, declined: vec!["READ"], ..Rules::default() };
            let world = World::new(rules, config).await;
            told.push(world.log_in("read").await);
            told.push(world.call("read").await);
            world
        }
        "no scope at all" => {
            let world = World::new(Rules { listed: vec![], ..Rules::default() }, config).await;
            told.push(world.log_in("").await);
            world
        }
        "two scopes at once" => {
            let world =
                World::new(Rules { registered: Some(json!("a b")), ..Rules::default() }, config).await;
            told.push(world.log_in("a b").await);
            world
        }
        "scope in another scheme" => {
            let challenge = r#"Newer scope="evil", Bearer error="insufficient_scope", scope="c""#.to_owned();
            let world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a").await);
            world.double.rule(|rules| rules.challenge = Some((403, challenge)));
            let session = Session::new(Arc::clone(&world.provider));
            told.push(world.call_in(&session, "b").await);
            world
        }
        "a challenge in capitals" => {
            stepped_up(config, r#"BEARER ERROR="insufficient_scope", SCOPE="c""#, &mut told).await
        }
        "a challenge with white space" => {
            stepped_up(config, r#"Bearer error = "insufficient_scope", scope = "c""#, &mut told).await
        }
        "a challenge with escapes" => {
            stepped_up(config, r#"Bearer error="insufficient_scope", scope="\c""#, &mut told).await
        }
        "two scopes challenged" => {
            stepped_up(config, r#"Bearer error="insufficient_scope", scope="c d""#, &mut told).await
        }
        "a plus sign" => {
            let world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a+b").await);
            world
        }
        "members that no standard defines" => {
            let members = vec![("scopes", json!(["z"])), ("scp", json!("z"))];
            let world = World::new(Rules { members, ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            world
        }
        "an ID token that names a scope" => {
            // `{"alg":"none"}`, `{"sub":"user-1","scope":"a z"}`
            let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyLTEiLCJzY29wZSI6ImEgeiJ9.";
            let rules = Rules { members: vec![("id_token", json!(token))], ..Rules::default() };
            let world = World::new(rules, config).await;
            told.push(world.log_in("a").await);
            told.push(world.call("b").await);
            world
        }
        "metadata of another resource" => {
            let world =
                World::new(Rules { resource: Some("http://127.0.0.1:9/other"), ..Rules::default() }, config)
                    .await;
            told.push(world.log_in("a").await);
            world
        }
        "two authorization servers" => {
            logged_in(Rules { second: true, ..Rules::default() }, config, &mut told).await
        }
        "refused for one scope" => {
            let world = World::new(Rules { unknown: Some("b"), ..Rules::default() }, config).await;
            told.push(world.log_in("a b").await);
            world
        }
        "a forged callback" => {
            logged_in(Rules { forged: Some("z"), ..Rules::default() }, config, &mut told).await
        }
        "a callback in pieces" => logged_in(Rules { calls: 1, ..Rules::default() }, config, &mut told).await,
        "a callback that comes twice" => {
            logged_in(Rules { calls: 2, ..Rules::default() }, config, &mut told).await
        }
        "a callback that names a scope" => {
            logged_in(Rules { named: Some("a z"), ..Rules::default() }, config, &mut told).await
        }
        "a token endpoint that is down" => {
            let world = World::new(Rules::default(), config).await;
            told.push(world.log_in("a").await);
            world.double.rule(|rules| rules.down = Some(503));
            told.push(world.log_in("b").await);
            world.double.rule(|rules| rules.down = None);
            told.push(world.call("a").await);
            world
        }
        "metadata that take their time" => {
            let late = std::time::Duration::from_millis(300);
            let world = World::new(Rules { late, unnamed: true, ..Rules::default() }, config).await;
            told.push(world.call("listed").await);
            world
        }
        "two calls at once" => {
            let late = std::time::Duration::from_millis(200);
            let world = World::new(Rules { late, ..Rules::default() }, config).await;
            told.push(world.log_in("a").await);
            let session = Session::new(Arc::clone(&world.provider));
            let (one, other) = tokio::join!(world.call_in(&session, "b"), world.call_in(&session, "b"));
            told.extend([one, other]);
            // Which of the two comes first is chance.
            let mut events = world.double.events();
            events.sort();
            told.extend(events);
            world
        }
        _ => {
            let disk = Arc::new(FailingStore::default());
            let world = World::with_store(Rules::default(), config, Arc::clone(&disk) as _).await;
            told.push(world.log_in("a").await);
            disk.fail(true);
            told.push(world.log_in("b").await);
            told.push(world.call("b").await);
            disk.fail(false);
            world
        }
    };
    if told.last().is_some_and(|last| last == "no end") {
        // Where it was stopped is chance.
        return told.join("\n");
    }
    told.push(format!("held: {}", world.held().await));
    told.push(format!("heard: {}", world.events()));
    told.join("\n")
}
