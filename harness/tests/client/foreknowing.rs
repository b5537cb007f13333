//! Clients that know beforehand what their operations take: what they are told, and what they are not asked.

use crate::support::run;

const CASE: &str = "id(client/step-up/a-default-that-was-declined)";

#[test]
fn what_an_operation_takes_and_a_login_asks_for_is_told() {
    let config = r#"[target.f.client.default]
commands.login = ["/bin/sh", "-c", "echo \"$SCOPECHECK_CONTEXT\" >>told"]
commands.call = ["/bin/sh", "-c", "echo \"takes $0\" >>told", "{requires}"]
"#;
    let ran = run(config, &["client", "--target", "f", "--profile", "cli-engine", "--filter", CASE]);
    let told = std::fs::read_to_string(ran.folder.path().join("told")).unwrap();
    assert!(told.contains(r#""default_scopes":["base"]"#) && told.ends_with("takes c\n"), "{told}");
    // Nobody was asked for anything.
    assert_eq!(ran.code, 3, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn operations_that_are_called_at_once_are_told_with_what_each_takes() {
    let case = "id(client/concurrency/union-over-calls)";
    let config = |calls: &str| {
        format!("[target.f.client.default]\ncommands.call = [\"/bin/sh\", \"-c\", \"true\"]\n{calls}\n")
    };
    let tell = r#"commands.calls = ["/bin/sh", "-c", "echo \"$@\" >>told", "sh", "--call", "{operation}={requires}"]"#;
    let ran = run(&config(tell), &["client", "--target", "f", "--filter", case]);
    let told = std::fs::read_to_string(ran.folder.path().join("told")).unwrap();
    assert_eq!(told, "--call write=b --call admin=c\n");
    let ran = run(&config(""), &["client", "--target", "f", "--filter", case]);
    assert!(
        ran.stdout.contains("needs the command `calls`, which the target does not name"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_client_that_does_nothing_about_challenges_is_not_judged_by_them() {
    let config = |capabilities: &str| {
        format!(
            r#"[target.f.client.default]
{capabilities}
commands.call = ["{{scopecheck}}", "reference", "client", "--state-dir", "{{state_dir}}", "call", "--operation", "{{operation}}", "{{url}}"]
"#
        )
    };
    let filter = "id(client/challenge/among-several) or id(client/selection/resource-list)";
    let checks = |capabilities: &str| {
        let ran = run(&config(capabilities), &["client", "--target", "f", "--filter", filter]);
        let line = ran.stdout.lines().find(|line| line.starts_with("checks")).unwrap_or_default().to_owned();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let (all, few) = (checks(""), checks("capabilities = { challenges = false, discovery = false }"));
    // Passed, failed, warned, observed, n/a: only the exit status of each run is left.
    assert_eq!((all[5].as_str(), few[1].as_str()), ("0", "2"), "{all:?} {few:?}");
    assert_ne!(few[5], "0", "{few:?}");
}
