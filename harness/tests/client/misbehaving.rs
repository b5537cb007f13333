//! Clients that flood, linger, leave others behind or garble their output: a verdict each, and nothing is left running.

use std::time::{Duration, Instant};

use scopecheck::client::{ClientSetup, verdicts_of};
use scopecheck_reports::Grade;
use scopecheck_scenarios::catalog::Catalog;

use crate::support::{program, reference, run, shell};

const ONE: [&str; 5] = ["client", "--target", "it", "--filter", "id(client/step-up/asks-anew)"];

/// The process that a file names is gone, or dead and not yet waited for by the first process.
fn is_gone(file: &std::path::Path) -> bool {
    let id = std::fs::read_to_string(file).unwrap();
    let state = std::fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
    state.is_empty() || state.contains(") Z ")
}

/// What the reference client does, with something odd before or behind it.
fn odd(before: &str, behind: &str) -> String {
    let program = program();
    let call = format!(
        "{before} \"{}\" reference client --state-dir \"$2\" call --operation \"$3\" \"$1\"; status=$?; {behind} exit $status",
        program.display()
    );
    format!(
        "[target.it.client.default]\ncommands.call = [\"/bin/sh\", \"-c\", '''{call}''', \"sh\", \"{{url}}\", \"{{state_dir}}\", \"{{operation}}\"]\n"
    )
}

#[test]
fn megabytes_of_output_change_no_verdict_and_fill_no_record() {
    let flood = "head -c 20000000 /dev/zero; head -c 20000000 /dev/zero >&2;";
    let ran = run(&odd(flood, flood), &ONE);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.events().len() < 1_000_000, "{}", ran.events().len());
}

#[test]
fn output_that_is_not_utf_8_changes_no_verdict() {
    let ran = run(&odd(r#"printf "\377\376\033[31m";"#, r#"printf "\303(" >&2;"#), &ONE);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(!ran.stdout.contains('\u{1b}'));
}

#[test]
fn what_a_client_leaves_behind_ends_with_its_run() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("left");
    let ran = run(&odd("", &format!("sleep 600 & echo $! > \"{}\";", file.display())), &ONE);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(is_gone(&file));
}

#[test]
fn what_has_left_the_group_of_a_client_ends_with_its_run_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("left");
    let leave =
        format!("setsid /bin/sh -c \"echo \\$\\$ > {}; exec sleep 600\" & sleep 0.2;", file.display());
    let ran = run(&odd("", &leave), &ONE);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(is_gone(&file));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_ignores_sigterm_ends_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deaf");
    let script =
        format!("trap \"\" TERM INT HUP; echo $$ > \"{}\"; while :; do sleep 1; done", file.display());
    let mut setup = ClientSetup { limit: Duration::from_millis(500), ..reference(None) };
    setup.commands.login = None;
    setup.commands.call = Some(vec!["/bin/sh".to_owned(), "-c".to_owned(), script]);
    let began = Instant::now();
    let verdicts = verdicts_of(&setup, &Catalog::embedded().unwrap(), 1, 1).await;
    assert!(verdicts.values().all(|grade| *grade == Grade::Blocked), "{verdicts:?}");
    assert!(began.elapsed() < Duration::from_secs(20) && is_gone(&file));
}

#[test]
fn a_client_whose_install_fails_is_incomplete_with_the_last_lines() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("targets/broken");
    std::fs::create_dir_all(&target).unwrap();
    let table = "[client.default]\ninstall = ['/bin/sh', '-c', 'echo first; echo the registry is away >&2; exit 7']\ncommands.call = ['true']\n";
    std::fs::write(target.join("target.toml"), table).unwrap();
    let output = std::process::Command::new(program())
        .args(["client", "--target", "broken"])
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("the registry is away"), "{told}");
}

#[test]
fn a_client_that_connects_to_nothing_is_blocked() {
    let ran = run(&shell("echo hello; cat; exit 1"), &ONE);
    assert_eq!(ran.code, 3, "{}{}", ran.stdout, ran.stderr);
}
