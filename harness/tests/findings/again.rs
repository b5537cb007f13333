//! A second run against the same subject: what was found is put first.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    sync::atomic::{AtomicUsize, Ordering},
};

use scopecheck::{
    findings::{FOLDER, FindingStore},
    system::Clock,
};
use scopecheck_reports::Grade;
use scopecheck_scenarios::laws::Reply;
use serde_json::json;

use crate::support::{Deviating, forgetful, honest, put, settings, sighting, start, stored, told};

const LAW: &str = "union-exact";

#[test]
fn what_breaks_a_law_is_stored_and_named() {
    let home = tempfile::tempdir().unwrap();
    let (result, warnings) = put(home.path(), Deviating::new("Mine", forgetful), LAW, 7);
    insta::assert_snapshot!(told(&result), @r#"fail: broken by the input {"first":[],"second":["a","b","c"]} (found at input 1, stored as mine-union-exact-7c4de070ed37)"#);
    assert_eq!(warnings, "");
    let stored = stored(home.path());
    let (path, finding) = &stored[0];
    assert_eq!(stored.len(), 1);
    let name = path.file_stem().unwrap().to_str().unwrap();
    assert!(result.checks[0].message.contains(name), "{name}");
    let difference = result.checks[0].difference.as_ref().unwrap();
    assert_eq!((&finding.expected, &finding.got), (&difference.expected, &difference.actual));
    assert_eq!((finding.seed, finding.cases, finding.calls.len()), (7, 200, 1));
}

#[test]
fn the_next_run_puts_it_first_and_searches_no_further() {
    let home = tempfile::tempdir().unwrap();
    let (first, _) = put(home.path(), Deviating::new("mine", forgetful), LAW, 7);
    let library = Deviating::new("mine", forgetful);
    let calls = library.calls();
    let (second, warnings) = put(home.path(), library, LAW, 8);
    insta::assert_snapshot!(told(&second), @r#"fail: broken by the input {"first":[],"second":["a","b","c"]} (stored finding mine-union-exact-7c4de070ed37 still fails)"#);
    assert_eq!(warnings, "");
    assert_eq!(calls.load(Ordering::Relaxed), 2, "once to see it, once to show it");
    assert_eq!(second.checks[0].difference, first.checks[0].difference, "what a fingerprint is made of");
    assert_eq!(second.steps, first.steps);
    assert_eq!(stored(home.path()).len(), 1);
}

#[test]
fn what_is_fixed_is_said_once_and_kept() {
    let home = tempfile::tempdir().unwrap();
    put(home.path(), Deviating::new("mine", forgetful), LAW, 7);
    let (fixed, _) = put(home.path(), Deviating::new("mine", honest), LAW, 7);
    insta::assert_snapshot!(told(&fixed), @"pass: held for 200 inputs; stored finding mine-union-exact-7c4de070ed37 no longer fails");
    let date = stored(home.path())[0].1.fixed.clone();
    assert!(date.is_some());

    let (later, _) = put(home.path(), Deviating::new("mine", honest), LAW, 7);
    insta::assert_snapshot!(told(&later), @"pass: held for 200 inputs");
    assert_eq!(stored(home.path())[0].1.fixed, date, "it was fixed when it was first seen to be");

    let library = Deviating::new("mine", forgetful);
    let calls = library.calls();
    let (again, _) = put(home.path(), library, LAW, 7);
    insta::assert_snapshot!(told(&again), @r#"fail: broken by the input {"first":[],"second":["a","b","c"]} (stored finding mine-union-exact-7c4de070ed37 still fails)"#);
    assert_eq!(calls.load(Ordering::Relaxed), 2, "what was fixed is put first as well");
    assert_eq!(stored(home.path())[0].1.fixed, None);
}

#[test]
fn every_stored_input_is_brought_up_to_date_by_one_run() {
    let home = tempfile::tempdir().unwrap();
    let store = FindingStore::open(home.path(), start(), Clock::default());
    for scopes in [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]] {
        let input = json!({ "first": scopes, "second": [] });
        store.found(sighting(&input)).unwrap();
    }
    // This one never broke the law for this library.
    store.found(sighting(&json!({ "first": ["a"], "second": [] }))).unwrap();
    let (result, _) = put(home.path(), Deviating::new("mine", forgetful), LAW, 7);
    insta::assert_snapshot!(told(&result), @r#"fail: broken by the input {"first":["d","e","f"],"second":[]} (stored finding mine-union-exact-10f39178d4d1 still fails, and 2 more); stored finding mine-union-exact-5c7f0032815f no longer fails"#);
    let fixed = || stored(home.path()).iter().filter(|(_, finding)| finding.fixed.is_some()).count();
    assert_eq!(fixed(), 1);
    let (result, _) = put(home.path(), Deviating::new("mine", honest), LAW, 7);
    insta::assert_snapshot!(told(&result), @"pass: held for 200 inputs; stored findings mine-union-exact-10f39178d4d1, mine-union-exact-9882f0baae47, mine-union-exact-a08f81a7bb08 no longer fail");
    assert_eq!(fixed(), 4);
}

#[test]
fn a_refusal_mends_nothing_where_everything_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let law = "parse-space-separates";
    let crashes = |_: &str, _: &str, _| Reply::Crashed { detail: "index out of range".to_owned() };
    put(home.path(), Deviating::new("mine", crashes), law, 7);
    assert_eq!(stored(home.path()).len(), 1);
    let refuses =
        |_: &str, _: &str, _| Reply::Rejected { kind: "malformed".to_owned(), message: "no".to_owned() };
    let (result, _) = put(home.path(), Deviating::new("mine", refuses), law, 7);
    assert!(!result.checks[0].message.contains("no longer fails"), "{}", told(&result));
    assert_eq!(stored(home.path())[0].1.fixed, None);
    let (result, _) = put(home.path(), Deviating::new("mine", honest), law, 7);
    assert!(result.checks[0].message.contains("no longer fails"), "{}", told(&result));
    assert!(stored(home.path())[0].1.fixed.is_some());
}

#[test]
fn a_folder_without_rights_does_not_stop_the_run() {
    let home = tempfile::tempdir().unwrap();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::create_dir(home.path().join("probe")).is_ok() {
        println!("skipped: this user may write everywhere");
        return;
    }
    let (result, warnings) = put(home.path(), Deviating::new("mine", forgetful), LAW, 7);
    assert_eq!(result.grade, Grade::Fail);
    insta::assert_snapshot!(warnings, @r"
    cannot store the finding HOME/.scopecheck/findings/mine-union-exact-12ef6f5ba408.json: Permission denied (os error 13)
    help: check the rights of the folder and the space; the input stands in the report of this run, and the same seed finds it again
    ");
}

#[test]
fn a_law_that_holds_or_is_blocked_stores_nothing() {
    let home = tempfile::tempdir().unwrap();
    put(home.path(), Deviating::new("mine", honest), LAW, 7);
    let silent = |_: &str, _: &str, _| Reply::Silent { detail: "no answer within 2 s".to_owned() };
    let (result, _) = put(home.path(), Deviating::new("mine", silent), LAW, 7);
    assert_eq!(result.grade, Grade::Blocked);
    let cannot = |_: &str, _: &str, _| Reply::Unsupported { reason: "not today".to_owned() };
    put(home.path(), Deviating::new("mine", cannot), LAW, 7);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "not even a folder");
}

#[test]
fn a_stored_input_that_is_not_answered_is_no_pass() {
    let home = tempfile::tempdir().unwrap();
    put(home.path(), Deviating::new("mine", forgetful), LAW, 7);
    let calls = AtomicUsize::new(0);
    let hangs_once = move |_: &str, _: &str, reply| match calls.fetch_add(1, Ordering::Relaxed) {
        0 => Reply::Silent { detail: "no answer within 2 s".to_owned() },
        _ => reply,
    };
    let (result, _) = put(home.path(), Deviating::new("mine", hangs_once), LAW, 7);
    insta::assert_snapshot!(told(&result), @r#"blocked: no answer to the stored finding mine-union-exact-7c4de070ed37, {"first":[],"second":["a","b","c"]}: no answer within 2 s"#);
    assert_eq!(stored(home.path())[0].1.fixed, None, "nothing is known");
}

#[test]
fn a_library_that_changes_its_mind_is_asked_more_than_once() {
    let home = tempfile::tempdir().unwrap();
    let count = AtomicUsize::new(0);
    let at_first = move |_: &str, _: &str, reply| match count.fetch_add(1, Ordering::Relaxed) {
        0 => Reply::Crashed { detail: "a race".to_owned() },
        _ => reply,
    };
    put(home.path(), Deviating::new("mine", at_first), LAW, 7);
    let (path, finding) = stored(home.path()).remove(0);
    assert!(finding.fickle);
    // It answers rightly at first; the crash comes later.
    let count = AtomicUsize::new(0);
    let late = move |_: &str, _: &str, reply| match count.fetch_add(1, Ordering::Relaxed) {
        5 => Reply::Crashed { detail: "a race".to_owned() },
        _ => reply,
    };
    let (result, _) = put(home.path(), Deviating::new("mine", late), LAW, 7);
    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
    assert!(result.checks[0].message.contains(&format!("stored finding {name} still fails")));
    assert_eq!(result.grade, Grade::Fail);
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_run() {
    let home = tempfile::tempdir().unwrap();
    put(home.path(), Deviating::new("mine", forgetful), LAW, 7);
    let (path, _) = stored(home.path()).remove(0);
    fs::write(&path, "{\"schema_version\":\"1.0\",").unwrap();
    let (result, warnings) = put(home.path(), Deviating::new("mine", honest), LAW, 7);
    assert_eq!(result.grade, Grade::Pass);
    insta::assert_snapshot!(warnings, @r"
    cannot read the finding HOME/.scopecheck/findings/mine-union-exact-7c4de070ed37.json: it is no finding: EOF while parsing a value at line 1 column 24
    help: delete the file, or take it from where you keep its history; if the bug is still there, a run finds an input for it again
    ");
}

#[test]
fn a_folder_that_cannot_be_written_does_not_stop_the_run() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join(".scopecheck")).unwrap();
    fs::write(home.path().join(FOLDER), "a file in its place").unwrap();
    let (result, warnings) = put(home.path(), Deviating::new("mine", forgetful), LAW, 7);
    assert_eq!(result.grade, Grade::Fail);
    settings().bind(|| insta::assert_snapshot!(format!("{}\n{warnings}", told(&result)), @r#"
    fail: broken by the input {"first":[],"second":["a","b","c"]} (found at input 1)
    cannot look for stored findings in HOME/.scopecheck/findings: Not a directory (os error 20)
    help: check the rights of the folder; this run puts generated inputs only
    cannot store the finding HOME/.scopecheck/findings/mine-union-exact-7c4de070ed37.json: File exists (os error 17)
    help: check the rights of the folder and the space; the input stands in the report of this run, and the same seed finds it again
    "#));
}

#[test]
fn a_library_with_a_hostile_name_stores_in_the_folder_alone() {
    let home = tempfile::tempdir().unwrap();
    put(home.path(), Deviating::new("../../\u{202e}\n/etc/x", forgetful), LAW, 7);
    let names: Vec<_> = stored(home.path()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(names.len(), 1);
    assert!(names[0].file_name().unwrap().to_str().unwrap().starts_with("etc-x-union-exact-"));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}
