//! What is mistyped or misconfigured is told before anything is contacted; a target that does not come up is told with its last lines.

use insta::assert_snapshot;

use crate::{
    double::Double,
    plain::{Manners, Plain},
    support::{Room, settings, shown},
};

fn plain() -> Double {
    let plain = Plain::new(Manners::default());
    Double::start(move |seen| plain.answer(seen))
}

/// Runs without an issuer, in a folder with this configuration.
fn configured(config: &str, arguments: &[&str]) -> String {
    let room = Room::new();
    room.write("scopecheck.toml", config);
    let said = room.run(arguments);
    room.shown(&said, "")
}

#[test]
fn a_filter_that_matches_nothing_names_the_nearest() {
    let server = plain();
    for filter in [
        "unknwon-scope",
        "id(server/refresh/scope-paramter)",
        "area(server/refersh)",
        "tag(nosuch)",
        "requirement(RFC6749-6-99)",
    ] {
        insta::with_settings!({ snapshot_suffix => filter.replace(['(', ')', '/'], "-") }, {
            assert_snapshot!(shown(&server.origin, &["--filter", filter]));
        });
    }
    assert_eq!(server.seen().len(), 0, "nothing is contacted for nothing");
}

#[test]
fn a_filter_that_is_no_filter() {
    let server = plain();
    assert_snapshot!(shown(&server.origin, &["--filter", "id(server/* and level(must)"]));
    assert_snapshot!(shown(&server.origin, &["--filter", "are(server/refresh)"]));
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn an_unknown_profile_target_table_or_fault() {
    let server = plain();
    assert_snapshot!(shown(&server.origin, &["--profile", "oidcc"]));
    assert_eq!(server.seen().len(), 0);
    let run = |arguments: &[&str]| {
        let room = Room::new();
        let said = room.run(arguments);
        room.shown(&said, "")
    };
    assert_snapshot!(run(&["server", "--target", "referense"]));
    assert_snapshot!(run(&["server", "--target", "reference/toolhiv"]));
    assert_snapshot!(run(&["serve", "--fault", "refresh-widend"]));
    assert_snapshot!(run(&["selftest", "--fault", "refresh-widend"]));
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_the_run() {
    let server = plain();
    for report in ["json=nowhere/results.json", "junit=/proc/nowhere.xml", "json=."] {
        insta::with_settings!({ snapshot_suffix => report.replace(['=', '/', '.'], "-") }, {
            assert_snapshot!(shown(&server.origin, &["--report", report]));
        });
    }
    assert_eq!(server.seen().len(), 0, "the server is not contacted for a report that is lost");
}

#[test]
fn a_report_of_an_unknown_format() {
    let server = plain();
    assert_snapshot!(shown(&server.origin, &["--report", "jsno=results.json"]));
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn a_folder_for_artefacts_that_cannot_be_made() {
    let server = plain();
    let room = Room::new();
    room.write("taken", "a file");
    let said = room.server(&server.origin, &["--out", "taken"]);
    assert_snapshot!(room.shown(&said, &server.origin));
    assert_eq!(server.seen().len(), 0);
    assert_eq!(room.read("taken"), "a file");
}

#[test]
fn what_was_refused_leaves_an_older_event_log_alone() {
    let server = plain();
    let room = Room::new();
    std::fs::create_dir(room.file("scopecheck-out")).unwrap();
    room.write("scopecheck-out/events.ndjson", "older");
    let said = room.server(&server.origin, &["--report", "json=nowhere/results.json"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(room.read("scopecheck-out/events.ndjson"), "older");
}

#[test]
fn a_target_whose_command_dies() {
    let config = r#"
[target.mine.server.default]
issuer = "http://127.0.0.1:{port}"
start = { command = ["sh", "-c", "echo starting >&2; echo \"no database\" >&2; exit 7"], ready = "/", timeout = "5s" }
"#;
    assert_snapshot!(configured(config, &["server", "--target", "mine"]));
}

#[test]
fn a_target_that_never_gets_ready() {
    let config = r#"
[target.mine.server.default]
issuer = "http://127.0.0.1:{port}"
start = { command = ["sh", "-c", "echo waiting for the moon; sleep 60"], ready = "/ready", timeout = "500ms" }
"#;
    let mut settings = settings();
    settings.add_filter(r"127\.0\.0\.1:\d+", "HOST");
    settings.bind(|| assert_snapshot!(configured(config, &["server", "--target", "mine"])));
}

#[test]
fn a_target_whose_command_is_not_there() {
    let config = r#"
[target.mine.server.default]
issuer = "http://127.0.0.1:{port}"
start = { command = ["no-such-program-anywhere", "--port", "{port}"], ready = "/" }
"#;
    let mut settings = settings();
    settings.add_filter(r"--port \d+", "--port PORT");
    settings.bind(|| assert_snapshot!(configured(config, &["server", "--target", "mine"])));
}

#[test]
fn a_configuration_with_an_unknown_key_or_a_wrong_type() {
    let unknown = "seed = 7\n\n[target.mine.server.default]\nissuer = \"https://as.example\"\nsope = { grantable = [\"a\"] }\n";
    assert_snapshot!(configured(unknown, &["server", "--target", "mine"]));
    let wrong =
        "[target.mine.server.default]\nissuer = \"https://as.example\"\nscopes = { grantable = \"a b\" }\n";
    assert_snapshot!(configured(wrong, &["server", "--target", "mine"]));
    let broken = "seed = \n";
    assert_snapshot!(configured(broken, &["server", "https://as.example"]));
}

#[test]
fn a_configuration_that_is_not_there() {
    let room = Room::new();
    let said = room.run(&["server", "https://as.example", "--config", "nowhere.toml"]);
    assert_snapshot!(room.shown(&said, ""));
}

#[test]
fn expectations_that_cannot_be_read() {
    let server = plain();
    let room = Room::new();
    room.write(
        "expected.toml",
        "[[expected]]\ncase = \"server/refresh/scope-parameter\"\ngrade = \"red\"\nreason = \"because\"\n",
    );
    let said = room.server(&server.origin, &["--expect", "expected.toml"]);
    assert_snapshot!(room.shown(&said, &server.origin));
    let said = room.server(&server.origin, &["--expect", "nowhere.toml"]);
    assert_snapshot!(room.shown(&said, &server.origin));
    assert_eq!(server.seen().len(), 0);
}
