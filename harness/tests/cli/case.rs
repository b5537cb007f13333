use std::{
    fs,
    path::{Path, PathBuf},
};

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::support::{run, run_in, scenarios};

/// A checkout with a copy of the scenarios.
fn checkout() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["cases", "vectors", "flows", "bases", "requirements"] {
        copy(&scenarios().join(name), &folder.path().join("scenarios").join(name));
    }
    for name in ["contracts.toml", "ids.lock"] {
        fs::copy(scenarios().join(name), folder.path().join("scenarios").join(name)).unwrap();
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A checkout that holds one case, with this text.
fn with_one_case(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let scenarios = folder.path().join("scenarios");
    for name in ["flows", "bases", "requirements", "cases/server/a"] {
        fs::create_dir_all(scenarios.join(name)).unwrap();
    }
    fs::write(scenarios.join("contracts.toml"), "contract = []\n").unwrap();
    fs::write(scenarios.join("ids.lock"), "live = [\n  \"server/a/b\",\n]\n").unwrap();
    fs::write(scenarios.join("cases/server/a/b.toml"), text).unwrap();
    folder
}

const CASE: &str = "\
id = \"server/a/b\"
title = \"A server knows what it wrote\"
subject = \"server\"
impact = \"denial\"

[[step]]
id = \"go\"
discover = { document = \"oauth\" }
";

fn lock(folder: &Path) -> PathBuf {
    folder.join("scenarios/ids.lock")
}

#[test]
fn a_new_case_lints_green_and_its_id_is_locked() {
    let folder = checkout();
    let here = folder.path();
    let said = run_in(here, &["case", "new", "server/refresh/made-for-a-test"]);
    assert_snapshot!(said.shown(here));
    assert!(fs::read_to_string(lock(here)).unwrap().contains("\n  \"server/refresh/made-for-a-test\",\n"));
    let said = run_in(here, &["case", "lint"]);
    assert_eq!(said.code, Some(0), "{}", said.stdout);
    assert!(said.stdout.ends_with(" in scenarios: no problem\n"), "{}", said.stdout);
}

#[test]
fn a_new_case_is_written_from_deep_inside_the_checkout_too() {
    let folder = with_one_case(CASE);
    let said = run_in(
        &folder.path().join("scenarios/cases/server"),
        &["case", "new", "server/a/made-for-a-test", "-q"],
    );
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(folder.path().join("scenarios/cases/server/a/made-for-a-test.toml").is_file());
    assert_snapshot!(fs::read_to_string(lock(folder.path())).unwrap(), @r#"
    # Every id that a case or vector ever had. A new one adds its line; one that goes moves to a table `[[retired]]`.
    live = [
      "server/a/b",
      "server/a/made-for-a-test",
    ]
    "#);
}

#[test]
fn nothing_is_overwritten_and_no_id_is_given_twice() {
    let folder = with_one_case(CASE);
    let here = folder.path();
    assert_snapshot!(run_in(here, &["case", "new", "server/a/b"]).shown(here));
    assert_eq!(fs::read_to_string(here.join("scenarios/cases/server/a/b.toml")).unwrap(), CASE);

    fs::write(here.join("scenarios/cases/server/a/torn.toml"), "id =").unwrap();
    assert_snapshot!(run_in(here, &["case", "new", "server/a/torn"]).shown(here));

    let retired = "live = [\"server/a/b\"]\n[[retired]]\nid = \"server/a/gone\"\nreason = \"It said what another case says.\"\n";
    fs::write(lock(here), retired).unwrap();
    assert_snapshot!(run_in(here, &["case", "new", "server/a/gone"]).shown(here));
}

#[test]
fn a_lock_that_cannot_be_read_is_left_alone() {
    let folder = with_one_case(CASE);
    fs::write(lock(folder.path()), "live = [\n  server/a/b\n]\n").unwrap();
    let said = run_in(folder.path(), &["case", "new", "server/a/made-for-a-test"]);
    assert_snapshot!(said.shown(folder.path()));
    assert_eq!(fs::read_to_string(lock(folder.path())).unwrap(), "live = [\n  server/a/b\n]\n");
    assert!(!folder.path().join("scenarios/cases/server/a/made-for-a-test.toml").exists());
}

#[test]
fn an_id_that_leads_elsewhere_is_refused() {
    let folder = with_one_case(CASE);
    for id in ["../../../elsewhere", "/etc/a/b", "server/../b", "Server/a/b", "sever/a/c"] {
        let said = run_in(folder.path(), &["case", "new", id]);
        assert_eq!(said.code, Some(2), "{id}: {}", said.stdout);
        assert!(said.stderr.contains("\nhelp: "), "{id}: {}", said.stderr);
    }
}

#[test]
fn without_a_checkout_there_is_nowhere_to_write() {
    let said = run(&["case", "new", "server/a/made-for-a-test"]);
    assert_snapshot!(said.shown(Path::new("/nowhere")));
}

#[test]
fn every_mistake_is_shown_in_place_and_counted() {
    let folder = with_one_case(&CASE.replace("impact = \"denial\"", "impact = \"denail\""));
    assert_snapshot!(run_in(folder.path(), &["case", "lint"]).shown(folder.path()));
    let folder = with_one_case(&CASE.replace("\"oauth\"", "\"oath\""));
    assert_snapshot!(run_in(folder.path(), &["case", "lint"]).shown(folder.path()));
}

#[test]
fn a_folder_can_be_named_and_has_to_be_one_of_scenarios() {
    let folder = with_one_case(CASE);
    assert_snapshot!(run_in(folder.path(), &["case", "lint", "."]).shown(folder.path()));
    assert_snapshot!(run_in(folder.path(), &["case", "lint", "nowhere"]).shown(folder.path()));
}

#[test]
fn the_embedded_cases_have_no_problem() {
    let said = run(&["case", "lint"]);
    assert_eq!(said.code, Some(0), "{}", said.stdout);
    assert!(said.stdout.ends_with(" in this program: no problem\n"), "{}", said.stdout);
}
