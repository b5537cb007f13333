//! Clients that do nothing, die, hang or cannot be started prove nothing, and are never green.

use std::time::Duration;

use scopecheck::client::{ClientSetup, verdicts_of};
use scopecheck_reports::Grade;
use scopecheck_scenarios::catalog::Catalog;

use crate::support::{reference, run, shell};

fn seen(arguments: &str, config: &str) -> String {
    let mut words = vec!["client", "--target", "it"];
    words.extend(arguments.split_whitespace());
    let ran = run(config, &words);
    let text = format!("exit {}\n{}{}", ran.code, ran.stdout, ran.stderr);
    text.lines().filter(|line| !line.trim_start().starts_with("in ")).collect::<Vec<_>>().join("\n")
}

const ONE: &str = "--filter id(client/step-up/asks-anew)";

#[test]
fn a_client_that_does_nothing_and_says_success_is_blocked() {
    insta::assert_snapshot!(seen(ONE, &shell("exit 0")));
}

#[test]
fn a_client_that_dies_at_once_is_blocked() {
    insta::assert_snapshot!(seen(ONE, &shell("kill -9 $$")));
}

#[test]
fn a_program_that_is_not_there_is_blocked() {
    let config = "[target.it.client.default]\ncommands.call = ['/no/such/program']\n";
    insta::assert_snapshot!(seen("--filter area(client/login)or(id(client/step-up/asks-anew))", config));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_hangs_is_given_up_after_three_cases() {
    let mut setup = ClientSetup { limit: Duration::from_millis(200), ..reference(None) };
    setup.commands.login = None;
    setup.commands.call = Some(["/bin/sleep", "600"].map(str::to_owned).to_vec());
    let began = std::time::Instant::now();
    let catalog = Catalog::embedded().unwrap();
    let verdicts = verdicts_of(&setup, &catalog, 1, 1).await;
    assert!(verdicts.values().all(|grade| *grade == Grade::Blocked), "{verdicts:?}");
    assert!(!verdicts.is_empty() && began.elapsed() < Duration::from_secs(10));
}
