//! Adapters in processes of their own: a correct one is green, each planted bug is red, and what misbehaves is told so and never green.

use std::{fs, path::PathBuf};

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Said, run, run_in};

/// The plain adapter, the worked example.
fn plain() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../targets/plain-python")
}

/// `library` on an adapter, few inputs for each law; with the results.
fn library(script: &str, flags: &[&str]) -> (Said, Vec<Value>) {
    library_in(&tempfile::tempdir().unwrap(), script, flags)
}

/// The same in this folder, where findings are kept.
fn library_in(folder: &TempDir, script: &str, flags: &[&str]) -> (Said, Vec<Value>) {
    let mut words = vec!["library", "-q", "--report", "json=results.json"];
    words.extend(flags);
    words.extend(["--", "python3", script]);
    let said = run_in(folder, &words, b"");
    let text = fs::read_to_string(folder.path().join("results.json")).unwrap_or_default();
    let results: Value = serde_json::from_str(&text).unwrap_or_default();
    (said, results["cases"].as_array().cloned().unwrap_or_default())
}

/// What is red, with the differences: what the same seed has to give again.
fn red(cases: &[Value]) -> Vec<String> {
    let checks = cases.iter().flat_map(|case| case["checks"].as_array().cloned().unwrap_or_default());
    let red = checks.filter(|check| check["grade"] == "fail");
    red.map(|check| format!("{} {} {}", check["id"], check["message"], check["difference"])).collect()
}

fn misbehaving(script: &str) -> (Said, Vec<Value>) {
    let script =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/adapters").join(format!("{script}.py"));
    let few = "id(library/protocol/*) or id(library/laws/parse-*) or area(library/separators)";
    library(&script.display().to_string(), &["--cases", "64", "--timeout", "1s", "--filter", few])
}

fn grade<'c>(cases: &'c [Value], id: &str) -> &'c str {
    let case = cases.iter().find(|case| case["id"] == id);
    case.and_then(|case| case["grade"].as_str()).unwrap_or("absent")
}

#[test]
fn a_correct_adapter_is_green_and_all_of_it_was_asked() {
    let (said, cases) = library(&plain().join("adapter.py").display().to_string(), &[]);
    assert_eq!(said.code, Some(0), "{}", said.shown());
    let passed = cases.iter().filter(|case| case["grade"] == "pass").count();
    assert!(passed > 500, "{passed} passed");
    assert_eq!(grade(&cases, "library/protocol/end"), "pass");
}

#[derive(Deserialize)]
struct Bugs {
    bug: Vec<Bug>,
}

#[derive(Deserialize)]
struct Bug {
    name: String,
    find: String,
    replace: String,
    #[serde(rename = "sentence")]
    _sentence: String,
}

#[test]
fn every_planted_bug_is_found_and_the_same_seed_finds_the_same() {
    let honest = fs::read_to_string(plain().join("adapter.py")).unwrap();
    let bugs: Bugs = toml::from_str(&fs::read_to_string(plain().join("bugs.toml")).unwrap()).unwrap();
    assert!(bugs.bug.len() > 40);
    let mut missed = Vec::new();
    let mut stuck = Vec::new();
    for (number, bug) in bugs.bug.iter().enumerate() {
        assert_eq!(honest.matches(&bug.find).count(), 1, "{}: `find` does not stand there once", bug.name);
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("adapter.py");
        fs::write(&script, honest.replace(&bug.find, &bug.replace)).unwrap();
        let flags = ["--cases", "128"];
        let kept = tempfile::tempdir().unwrap();
        let (said, cases) = library_in(&kept, &script.display().to_string(), &flags);
        if said.code != Some(1) {
            missed.push(format!("{}: exit {:?}", bug.name, said.code));
        }
        // Mended, it keeps every law: what was stored was broken by the bug and by nothing else.
        fs::write(&script, &honest).unwrap();
        let laws = ["library", "-q", "--cases", "1", "--filter", "area(library/laws)", "--", "python3"];
        let mended = run_in(&kept, &[&laws[..], &[&script.display().to_string()]].concat(), b"");
        // One generated input says little about a law (exit 3); what counts is that nothing fails.
        if mended.code == Some(1) {
            stuck.push(format!("{}: {}", bug.name, mended.shown()));
        }
        fs::write(&script, honest.replace(&bug.find, &bug.replace)).unwrap();
        // A second run of each would only take time.
        if number % 6 == 0 {
            let again = library(&script.display().to_string(), &flags).1;
            assert_eq!(red(&cases), red(&again), "{}", bug.name);
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(stuck.is_empty(), "{stuck:#?}");
}

#[test]
fn the_smallest_counterexample_is_small_where_two_scopes_have_to_be_the_same() {
    let honest = fs::read_to_string(plain().join("adapter.py")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("adapter.py");
    let find = r#"return {"scopes": distinct(checked(call["first"]) + checked(call["second"]))}"#;
    let replace =
        r#"return {"scopes": checked(call["first"]) + absent(checked(call["second"]), call["first"])}"#;
    assert!(honest.contains(find));
    fs::write(&script, honest.replace(find, replace)).unwrap();
    let (_, cases) = library(&script.display().to_string(), &["--filter", "id(library/laws/union-*)"]);
    insta::assert_snapshot!(red(&cases).join("\n"));
}

#[test]
fn what_misbehaves_is_told_so_and_is_never_green() {
    for (script, rule, verdict) in [
        ("prints-debug", "lines", "fail"),
        ("long-line", "lines", "fail"),
        ("twice", "replies", "fail"),
        ("wrong-seq", "replies", "fail"),
        ("no-members", "members", "fail"),
        ("hangs", "time", "blocked"),
        ("skips", "time", "blocked"),
        ("dies", "life", "fail"),
        ("exits-1-after-bye", "end", "fail"),
        ("unknown-op", "hello", "fail"),
    ] {
        let (said, cases) = misbehaving(script);
        assert!(matches!(said.code, Some(1 | 3)), "{script}: {}", said.shown());
        assert_eq!(grade(&cases, &format!("library/protocol/{rule}")), verdict, "{script}: {}", said.shown());
    }
}

#[test]
fn an_adapter_that_cannot_be_talked_to_ends_in_3_and_says_why() {
    for script in ["dies-on-hello", "silent"] {
        let (said, _) = misbehaving(script);
        assert_eq!(said.code, Some(3), "{}", said.shown());
    }
    let (said, _folder) = run(&["library", "--", "./no-such-adapter"], b"");
    insta::assert_snapshot!(said.shown());
}
