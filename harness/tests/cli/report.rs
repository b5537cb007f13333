use std::{fs, path::Path};

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::support::{run_in, shown};

const HEADER: &str = r#"{"event":"header","schema_version":"1.0","suite":"scopecheck","suite_version":"0.1.0","requirements":"2026.1","target":{"name":"example","table":"default","kind":"server","address":"https://as.example"},"seed":42,"config_hash":"3f1a9c0d5e77","profiles":["oauth2"],"flags":[],"started":"2026-11-21T12:00:00Z"}"#;
const CASE: &str = r#"{"event":"case","id":"server/refresh/matrix@row=wider","case":"server/refresh/matrix","variant":{"row":"wider"},"title":"A refresh gives what was granted, or less, and says so","subject":"server","area":"server/refresh","impact":"escalation","grade":"fail","table":"default","started":"2026-11-21T12:00:01Z","duration_ms":38,"checks":[{"id":"server/refresh/matrix@row=wider#never-more","slug":"never-more","requirement":{"id":"RFC6749-6-2","source":"RFC 6749","section":"6","level":"MUST NOT","summary":"A refresh never gives more than was granted at first."},"grade":"fail","message":"The refreshed token carries a scope that the login had not granted.","difference":{"expected":"within: a b","actual":"a b admin","missing":[],"extra":["admin"]},"witness":{"event":"decided","step":"go","detail":"200 from the token endpoint"},"evidence":[],"expectation":{"outcome":"unexpected"},"responsible":"server"}],"exchanges":[],"steps":[],"rerun":"scopecheck server https://as.example --filter 'id(server/refresh/matrix@row=wider)'"}"#;
const FOOTER: &str = r#"{"event":"footer","finished":"2026-11-21T12:00:03Z","duration_ms":3214,"counts":{"cases":{"pass":0,"fail":1,"warn":0,"observed":0,"n/a":0,"blocked":0,"error":0},"checks":{"pass":0,"fail":1,"warn":0,"observed":0,"n/a":0,"blocked":0,"error":0}},"exit_code":1,"exit_reason":"a MUST is broken and no entry of expected.toml excuses it","interrupted":false,"leftovers":[],"unmatched":[],"stale":[],"next":["scopecheck explain server/refresh/matrix"],"notes":[]}"#;

/// A folder with the event log of a run, made of these lines.
fn log(lines: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("events.ndjson"), lines.join("\n") + "\n").unwrap();
    folder
}

fn report(folder: &Path, arguments: &[&str]) -> String {
    run_in(folder, &[&["report"], arguments].concat()).shown(folder)
}

#[test]
fn a_failed_run_is_rendered_and_rendering_it_is_no_failure() {
    let folder = log(&[HEADER, CASE, FOOTER]);
    assert_snapshot!(report(folder.path(), &["events.ndjson"]));
}

#[test]
fn a_run_that_was_cut_short_is_rendered_as_such() {
    let folder = log(&[HEADER, CASE]);
    assert_snapshot!(report(folder.path(), &["events.ndjson", "-q"]));
}

#[test]
fn results_json_and_the_event_log_and_their_folder_give_the_same_report() {
    let folder = log(&[HEADER, CASE, FOOTER]);
    let here = folder.path();
    assert_snapshot!(report(
        here,
        &["events.ndjson", "--report", "json=made/results.json", "--report", "junit=made/junit.xml"]
    ));
    assert!(fs::read_to_string(here.join("made/junit.xml")).unwrap().contains("<testsuite "));
    let from_log = report(here, &["events.ndjson"]);
    assert_eq!(report(here, &["made/results.json"]), from_log);
    assert_eq!(report(here, &["made"]), from_log);
    assert_eq!(report(here, &["."]), from_log);
}

#[test]
fn the_text_report_as_a_file_is_the_one_that_is_printed() {
    let folder = log(&[HEADER, CASE, FOOTER]);
    let said = run_in(folder.path(), &["report", "events.ndjson", "--report", "terminal=report.txt", "-q"]);
    assert_eq!((said.code, said.stdout.as_str(), said.stderr.as_str()), (Some(0), "", ""));
    let printed = run_in(folder.path(), &["report", "events.ndjson"]).stdout;
    assert_eq!(fs::read_to_string(folder.path().join("report.txt")).unwrap(), printed);
}

#[test]
fn what_cannot_be_read_is_refused_with_the_place() {
    let folder = log(&[HEADER, CASE, FOOTER]);
    let here = folder.path();
    run_in(here, &["report", "events.ndjson", "--report", "json=results.json"]);
    let results = fs::read_to_string(here.join("results.json")).unwrap();
    for (name, text) in [
        ("empty.json", String::new()),
        ("cut.json", results[..results.len() / 2].to_owned()),
        ("newer.json", results.replace("\"schema_version\": \"1.0\"", "\"schema_version\": \"7.0\"")),
        ("newer.ndjson", HEADER.replace("\"1.0\"", "\"7.0\"")),
        ("garbled.ndjson", format!("{HEADER}\n{{\"event\":\"case\",\"id\":3}}\n{FOOTER}\n")),
        ("torn.ndjson", HEADER[..40].to_owned()),
        ("other.json", "{\"a\": 1}".to_owned()),
        ("picture.png", "\u{89}PNG".to_owned()),
    ] {
        fs::write(here.join(name), text).unwrap();
        assert_snapshot!(name, report(here, &[name]));
    }
    fs::create_dir(here.join("bare")).unwrap();
    assert_snapshot!("a folder without results", report(here, &["bare"]));
    assert_snapshot!("no such file", report(here, &["gone.json"]));
}

#[test]
fn a_report_that_cannot_be_written_is_told() {
    let folder = log(&[HEADER, CASE, FOOTER]);
    fs::create_dir(folder.path().join("taken")).unwrap();
    assert_snapshot!(report(folder.path(), &["events.ndjson", "--report", "junit=taken"]));
}

#[test]
fn an_unknown_format_gets_the_list_of_formats() {
    assert_snapshot!(shown(&["report", "events.ndjson", "--report", "yaml=x.yaml"]));
}
