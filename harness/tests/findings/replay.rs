//! `scopecheck replay`: still failing, fixed, could not run, and files that are none.

use std::{fmt::Write as _, fs, path::Path};

use scopecheck::findings::{FOLDER, Finding, FindingStore, Start};
use scopecheck::system::Clock;
use serde_json::{Value, json};

use crate::support::{link, run, settings, sighting, stored};

/// A finding of the law `union-exact`, for a subject that is started so; gives its name.
fn store(home: &Path, start: Start) -> String {
    let input = json!({ "first": ["a"], "second": ["A"] });
    FindingStore::open(home, start, Clock::default()).found(sighting(&input)).unwrap()
}

fn command(words: &[&str]) -> Start {
    Start::command(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
}

fn adapter(further: &[&str]) -> Start {
    command(&[&["./scopecheck", "reference", "adapter"], further].concat())
}

/// Changes the only stored finding.
fn edit(home: &Path, change: impl FnOnce(&mut Value)) {
    let (path, _) = stored(home).remove(0);
    let mut value: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut value);
    fs::write(path, value.to_string()).unwrap();
}

#[test]
fn what_still_fails_is_shown_with_its_calls() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    let name = store(folder.path(), adapter(&["--fault", "union-case-folded"]));
    let said = run(folder.path(), &["replay", &name]);
    settings().bind(|| insta::assert_snapshot!(said.shown(&folder)));
}

#[test]
fn what_is_fixed_is_said_so_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    let name = store(folder.path(), adapter(&[]));
    let before = stored(folder.path()).remove(0).1;
    let said = run(folder.path(), &["replay", &format!("{name}.json")]);
    settings().bind(|| insta::assert_snapshot!(said.shown(&folder)));
    assert_eq!(stored(folder.path()).remove(0).1, before);
}

/// A library that answers each call of `union` with the rest of this line, after its `seq`.
fn answers(rest: &str) -> Start {
    let script = format!(
        r#"read -r hello; echo '{{"hello":{{"name":"m","version":"1","operations":["union"]}}}}'
n=0; while read -r line; do case $line in *bye*) exit;; esac; n=$((n+1)); {rest}; done"#
    );
    command(&["sh", "-c", &script])
}

/// Makes the only stored finding one of an input that a library may refuse: no scope holds a quotation mark.
fn may_be_refused(home: &Path) {
    edit(home, |finding| {
        finding["law"] = json!("parse-space-separates");
        finding["input"] = json!({ "text": "a\"b" });
    });
}

#[test]
fn a_refusal_is_a_mend_where_the_nearest_good_input_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    let name = store(folder.path(), adapter(&[]));
    may_be_refused(folder.path());
    let said = run(folder.path(), &["replay", &name]);
    settings().bind(|| insta::assert_snapshot!(said.shown(&folder)));
}

#[test]
fn a_library_that_refuses_everything_is_not_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let refuses = r#"echo "{\"seq\":$n,\"rejected\":{\"kind\":\"malformed\",\"message\":\"no\"}}""#;
    let Start::Command { words, folder: at } = answers(refuses) else { unreachable!() };
    let words = words.into_iter().map(|word| word.replace("[\"union\"]", "[\"parse\"]")).collect();
    let name = store(folder.path(), Start::Command { words, folder: at });
    may_be_refused(folder.path());
    let said = run(folder.path(), &["replay", &name]);
    let end = said.stdout.split("\n\n").last().unwrap_or_default();
    assert_eq!(said.code, Some(3), "{}", said.shown(&folder));
    settings().bind(|| insta::assert_snapshot!(end));
}

#[test]
fn a_library_that_breaks_the_protocol_is_not_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let right = r#"echo "{\"seq\":$n,\"ok\":{\"scopes\":[\"a\",\"A\"]}}""#;
    let name = store(folder.path(), answers(&format!("echo loading; {right}")));
    let said = run(folder.path(), &["replay", &name]);
    let end = &said.stdout[said.stdout.find("  breaches").unwrap_or_default()..];
    assert_eq!(said.code, Some(3), "{}", said.shown(&folder));
    settings().bind(|| insta::assert_snapshot!(end));
}

#[test]
fn another_command_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    let name = store(folder.path(), command(&["no-such-program"]));
    let said = run(folder.path(), &["replay", &name, "--", "./scopecheck", "reference", "adapter"]);
    assert_eq!(said.code, Some(0), "{}", said.shown(&folder));
}

#[test]
fn a_finding_is_put_from_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("project");
    fs::create_dir(&home).unwrap();
    link(&home);
    let name = store(&home, adapter(&[]));
    let (below, beside) = (format!("project/{FOLDER}/{name}.json"), format!("{name}.json"));
    for (from, finding) in [(folder.path(), below), (&home.join(FOLDER), beside)] {
        let said = run(from, &["replay", &finding]);
        assert_eq!(said.code, Some(0), "{}", said.shown(&folder));
    }
}

#[test]
fn a_target_is_started_by_its_table() {
    let folder = tempfile::tempdir().unwrap();
    link(folder.path());
    let table = "[target.mine.library.default]\ncommand = [\"./scopecheck\", \"reference\", \"adapter\"]\n";
    fs::write(folder.path().join("scopecheck.toml"), table).unwrap();
    let name = store(folder.path(), Start::Target { name: "mine".to_owned(), table: "default".to_owned() });
    let said = run(folder.path(), &["replay", &name]);
    assert_eq!(said.code, Some(0), "{}", said.shown(&folder));
    assert!(said.stdout.contains("started by --target mine\n"), "{}", said.stdout);
}

#[test]
fn what_could_not_run_says_why() {
    let reasons = [
        ("no such program", command(&["no-such-program"])),
        ("no hello", command(&["sh", "-c", "echo 'cannot open the library' >&2; exit 3"])),
        ("no such target", Start::Target { name: "nowhere".to_owned(), table: "default".to_owned() }),
        ("no such profile", Start::Embedded { profile: "mcp".to_owned() }),
        ("no command", command(&[])),
        (
            "not announced",
            command(&[
                "sh",
                "-c",
                r#"read -r hello; echo '{"hello":{"name":"m","version":"1","operations":["parse"]}}'; read -r bye"#,
            ]),
        ),
        (
            "dead",
            command(&[
                "sh",
                "-c",
                r#"read -r hello; echo '{"hello":{"name":"m","version":"1","operations":["union"]}}'; sleep 100"#,
            ]),
        ),
    ];
    let mut all = String::new();
    for (what, start) in reasons {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("scopecheck.toml"), "[limits]\ncall = \"200ms\"\n").unwrap();
        let name = store(folder.path(), start);
        let said = run(folder.path(), &["replay", &name]);
        let end = said.stdout.split("\n\n").last().unwrap_or_default();
        let end = end.replace(&folder.path().display().to_string(), "FOLDER");
        writeln!(all, "{what}: exit {:?}\n{end}{}", said.code, said.stderr).unwrap();
    }
    settings().bind(|| insta::assert_snapshot!(all));
}

#[test]
fn a_law_that_is_gone_cannot_be_put() {
    let folder = tempfile::tempdir().unwrap();
    let name = store(folder.path(), adapter(&[]));
    edit(folder.path(), |finding| finding["law"] = json!("union-of-old"));
    let said = run(folder.path(), &["replay", &name]);
    settings().bind(|| insta::assert_snapshot!(said.shown(&folder)));
}

#[test]
fn what_is_no_finding_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    let name = store(folder.path(), adapter(&[]));
    fs::write(folder.path().join("torn.json"), "{\"schema_version\":").unwrap();
    fs::write(folder.path().join("other.json"), "{\"schema_version\":\"1.0\",\"law\":7}").unwrap();
    let typo = name.replace("exact", "exakt");
    let mut all = String::new();
    for wanted in ["torn.json", "other.json", FOLDER, &typo, "qqqqqqqqqqqqqq", "../x.json"] {
        let said = run(folder.path(), &["replay", wanted]);
        writeln!(all, "{wanted}: {}", said.shown(&folder)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_embedded_library_can_be_the_subject() {
    let folder = tempfile::tempdir().unwrap();
    let name = store(folder.path(), Start::Embedded { profile: "standard".to_owned() });
    let said = run(folder.path(), &["replay", &name]);
    assert_eq!(said.code, Some(0), "{}", said.shown(&folder));
}

#[test]
fn a_hostile_finding_is_shown_escaped_and_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let name = store(folder.path(), command(&["\u{1b}[2J"]));
    edit(folder.path(), |finding| {
        finding["input"] = json!({ "first": ["x\u{202e}".repeat(50_000)], "second": [] });
        finding["got"] = json!("\u{1b}[2J\n".repeat(10_000));
        finding["law"] = json!("\u{1b}[2J");
    });
    let said = run(folder.path(), &["replay", &name]);
    assert_eq!(said.code, Some(3));
    assert!(!said.stdout.contains(['\u{1b}', '\u{202e}']), "{}", said.stdout);
    assert!(said.stdout.len() < 40_000, "{} bytes", said.stdout.len());
}

#[test]
fn a_finding_that_was_read_is_written_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path(), adapter(&[]));
    let (path, finding) = stored(folder.path()).remove(0);
    let text = fs::read_to_string(path).unwrap();
    let again: Finding = serde_json::from_str(&text).unwrap();
    assert_eq!(again, finding);
    assert_eq!(serde_json::to_string_pretty(&again).unwrap() + "\n", text);
}
