//! `scopecheck library -- CMD` twice, over real processes.

use std::fs;

use scopecheck::{
    findings::{FOLDER, FindingStore, Start},
    system::Clock,
};
use serde_json::json;

use crate::support::{link, run, settings, sighting, stored};

/// A run of one law against the reference adapter.
const LIBRARY: [&str; 7] =
    ["library", "--filter", "id(library/laws/union-exact)", "--", "./scopecheck", "reference", "adapter"];

#[test]
fn a_second_run_shows_the_stored_finding() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    let command = [&LIBRARY[..], &["--fault", "union-case-folded"]].concat();
    let first = run(folder.path(), &command);
    let second = run(folder.path(), &command);
    settings().bind(|| insta::assert_snapshot!(first.shown(&folder) + &second.shown(&folder)));
    assert_eq!(stored(folder.path()).len(), 1);
}

#[test]
fn what_is_fixed_is_said_although_the_check_is_green() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    let finding = json!({ "first": ["a"], "second": [] });
    let start = Start::command(&LIBRARY[4..].iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    let name = FindingStore::open(folder.path(), start, Clock::default()).found(sighting(&finding)).unwrap();
    let said = run(folder.path(), &LIBRARY);
    assert_eq!(said.code, Some(0), "{}", said.shown(&folder));
    assert_eq!(said.stderr, format!("stored finding {name} no longer fails\n"));
    assert_eq!(run(folder.path(), &LIBRARY).stderr, "", "it is said once");
}

#[test]
fn a_torn_file_is_a_warning_of_the_run() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    fs::create_dir_all(folder.path().join(FOLDER)).unwrap();
    fs::write(folder.path().join(FOLDER).join("mine-union-exact-0.json"), "{").unwrap();
    let said = run(folder.path(), &LIBRARY);
    assert_eq!(said.code, Some(0), "{}", said.shown(&folder));
    insta::assert_snapshot!(said.stderr, @r"
    warning: cannot read the finding .scopecheck/findings/mine-union-exact-0.json: it is no finding: EOF while parsing an object at line 1 column 1
    help: delete the file, or take it from where you keep its history; if the bug is still there, a run finds an input for it again
    ");
}

#[test]
fn a_run_against_the_embedded_library_stores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let said = run(folder.path(), &["library", "--filter", "id(library/laws/union-exact)", "-q"]);
    assert_eq!(said.code, Some(0), "{}", said.shown(&folder));
    assert!(!folder.path().join(".scopecheck").exists());
}
