//! `scopecheck resource`.

use insta::{assert_snapshot, with_settings};
use serde_json::Value;

use crate::support::{Said, run};

fn page(said: &Said) -> String {
    format!("exit {:?}\n--- stdout\n{}--- stderr\n{}", said.code, said.stdout, said.stderr)
}

#[test]
fn the_embedded_resource_server_meets_everything() {
    let said = run(&["resource"]);
    with_settings!({ filters => vec![(r"in \d+(\.\d+)? m?s", "in TIME")] }, { assert_snapshot!(page(&said)) });
}

#[test]
fn one_case_shows_its_exchanges_without_a_token() {
    let said = run(&["resource", "--filter", "id(*is-sufficient@row=less-one)", "-v"]);
    with_settings!({ filters => vec![(r"in \d+(\.\d+)? m?s", "in TIME")] }, { assert_snapshot!(page(&said)) });
}

#[test]
fn a_resource_server_of_which_nothing_is_known_is_not_guessed_at() {
    assert_snapshot!(page(&run(&["resource", "https://api.example/"])));
}

#[test]
fn no_token_and_no_port_is_written_and_a_seed_repeats_the_run() {
    let (first, second) = (run(&["resource", "--seed", "7"]), run(&["resource", "--seed", "7"]));
    assert!(first.log.contains("token#1"));
    // A JWT begins with an encoded brace.
    assert!(!first.log.contains("eyJ"), "a token was written");
    let cases = |log: &str| -> Vec<Value> {
        let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines
            .filter(|line| line.get("event") == Some(&Value::from("case")) || line.get("case").is_some())
            .map(without_times)
            .collect()
    };
    let (first, second) = (cases(&first.log), cases(&second.log));
    assert!(first.len() > 20);
    assert_eq!(first, second);
}

/// A result without what the clock put into it.
fn without_times(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            for name in ["started", "duration_ms", "started_ms"] {
                members.remove(name);
            }
            members.values_mut().for_each(|member| *member = without_times(member.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without_times(item.take())),
        _ => {}
    }
    value
}
