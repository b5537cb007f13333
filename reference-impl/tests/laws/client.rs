//! P11 and P12: what a client does to its store, and how often it opens a flow, whatever the server does.

use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;
use scopecheck_reference::{client::ClientConfig, faults::Fault};
use scopecheck_scenarios::laws::{
    Broken,
    process::{failed_save_changes_nothing, one_flow_per_resolution},
};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::client_support::World;
use crate::double::{Echo, Rules};
use crate::failing::FailingStore;

/// One step of a story.
#[derive(Debug, Clone)]
enum Act {
    /// A login that asks for these scopes: one resolution.
    LogIn(&'static str),
    /// The token runs out.
    Expire,
    /// The client is started anew.
    Restart,
    /// Writing fails from now on, or works again.
    Full(bool),
    /// The server does otherwise from now on.
    Server { declined: Vec<&'static str>, echo: Echo, claim: bool, refreshes: bool },
}

fn act() -> impl Strategy<Value = Act> {
    let scopes = prop::sample::select(&["a", "b", "a b", "c a", "a b c", ""][..]);
    let echo = prop_oneof![
        Just(Echo::Granted),
        Just(Echo::Absent),
        prop::sample::select(vec![json!(""), json!(null), json!(["a"]), json!("x y"), json!(7)])
            .prop_map(Echo::Value),
    ];
    let declined = prop::collection::vec(prop::sample::select(&["a", "b"][..]), 0..2);
    let server = (declined, echo, any::<(bool, bool)>())
        .prop_map(|(declined, echo, (claim, refreshes))| Act::Server { declined, echo, claim, refreshes });
    prop_oneof![
        5 => scopes.prop_map(Act::LogIn),
        1 => Just(Act::Expire),
        1 => Just(Act::Restart),
        2 => any::<bool>().prop_map(Act::Full),
        2 => server,
    ]
}

/// Plays a story and judges each of its steps.
async fn play(acts: &[Act], config: ClientConfig) -> Result<(), Broken> {
    let store = Arc::new(FailingStore::default());
    let mut world = World::with_store(Rules::default(), config, Arc::clone(&store) as _).await;
    let mut full = false;
    for act in acts {
        let before = world.text();
        match act {
            Act::LogIn(scopes) => {
                world.log_in(scopes).await;
                one_flow_per_resolution(world.double.count("authorize"))?;
                world.double.events();
            }
            Act::Expire if before.is_some() && !full => world.expire(),
            Act::Expire => {}
            Act::Restart => world.restart(),
            Act::Full(now) => {
                full = *now;
                store.fail(full);
            }
            Act::Server { declined, echo, claim, refreshes } => world.double.rule(|rules| {
                rules.declined.clone_from(declined);
                rules.echo = echo.clone();
                rules.claim = *claim;
                rules.refreshes = *refreshes;
            }),
        }
        if full {
            let after = world.text();
            let octets = |text: &Option<String>| text.clone().map(String::into_bytes);
            failed_save_changes_nothing(octets(&before).as_deref(), octets(&after).as_deref())?;
        }
    }
    Ok(())
}

/// Plays stories with a client that has these faults; gives the first that breaks a law, shrunk.
fn first_break(faults: &[Fault]) -> Option<String> {
    let (runtime, honest) = (Runtime::new().unwrap(), faults.is_empty());
    let faults: BTreeSet<Fault> = faults.iter().copied().collect();
    let config = ClientConfig { faults, defaults: vec!["base".to_owned()], ..ClientConfig::default() };
    let played = crate::runner(64, honest).run(&prop::collection::vec(act(), 1..8), |acts| {
        let played = runtime.block_on(play(&acts, config.clone()));
        played.map_err(|broken| TestCaseError::fail(broken.to_string()))
    });
    played.err().map(|broken| broken.to_string())
}

#[test]
fn a_client_opens_one_flow_a_resolution_and_a_failed_save_leaves_its_store_alone() {
    assert_eq!(first_break(&[]), None);
}

#[test]
fn a_client_that_opens_two_flows_is_seen() {
    assert!(first_break(&[Fault::ClientTwoFlows]).is_some());
}
