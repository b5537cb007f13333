//! What a client keeps between its runs: where nothing of it can be seen or spoilt, nothing is judged.

use crate::support::{Ran, run};

/// A run of one case against the reference client, with these words of its commands exchanged.
fn kept(case: &str, exchange: &[(&str, &str)]) -> Ran {
    let command = |words: &str| {
        let line = format!("{{scopecheck}} reference client --state-dir {{state_dir}} {words} {{url}}");
        let line = exchange.iter().fold(line, |line, (from, to)| line.replace(from, to));
        format!("{:?}", line.split(' ').collect::<Vec<_>>())
    };
    let (login, call) = (command("login --json --scope {scope}"), command("call --operation {operation}"));
    let config = format!(
        "[target.it.client.default]\ncommands.login = {login}\ncommands.call = {call}\ncommands.status = {}\n",
        command("status --json")
    );
    let filter = format!("id({case})");
    run(&config, &["client", "--target", "it", "--profile", "cli-engine", "--filter", &filter])
}

/// How many checks ended in each grade, `n/a` among them.
fn checks(ran: &Ran) -> String {
    let line = ran.stdout.lines().find(|line| line.starts_with("checks")).unwrap_or_default();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_was_done_to_a_run_stands_in_the_record() {
    let ran = kept("client/store/record-that-cannot-be-read@row=cut", &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.events().contains("# stored files spoilt: 1, cut"), "{}", ran.events());
    let ran = kept("client/store/save-that-fails", &[]);
    assert!(ran.events().contains("# no file can be written"), "{}", ran.events());
}

#[test]
fn a_client_that_keeps_no_json_is_not_judged_by_what_becomes_of_it() {
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().display().to_string();
    let ran = kept("client/store/record-that-cannot-be-read@row=cut", &[("{state_dir}", &path)]);
    assert!(ran.stdout.contains("keeps no token in a file of JSON"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_client_that_shows_no_json_is_not_judged_by_what_it_shows() {
    let with = kept("client/login/shows-what-was-granted", &[]);
    let without = kept("client/login/shows-what-was-granted", &[("--json ", "")]);
    assert_eq!(checks(&with), "checks 3 0 0 0 0 0 0 3", "{}{}", with.stdout, with.stderr);
    assert_eq!(checks(&without), "checks 1 0 0 0 2 0 0 3", "{}{}", without.stdout, without.stderr);
}

#[test]
fn a_client_that_is_run_once_for_all_steps_is_not_asked() {
    let config = "[target.it.client.default]\ncommand = [\"/bin/false\"]\n";
    for case in ["several-logins-at-once", "save-that-fails", "record-that-cannot-be-read", "after-a-logout"]
    {
        let filter = format!("id(client/store/{case})");
        let ran = run(config, &["client", "--target", "it", "--profile", "cli-engine", "--filter", &filter]);
        assert!(ran.stdout.contains("n/a"), "{case}: {}{}", ran.stdout, ran.stderr);
    }
}
