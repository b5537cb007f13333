//! Known deviations, from the finding to the entry that excuses it and on to the day when it is gone.

use insta::assert_snapshot;

use crate::{
    double::{Answer, Double},
    plain::{Manners, Plain, metadata},
    support::{Room, Said, settings},
};

const FILTER: &str = "id(server/refresh/scope-parameter@client=public,row=unknown)";
const ENTRY: &str = "[[expect]]\ncase = \"server/refresh/scope-parameter\"\ncheck = \"never-more\"\nwhere = { client = \"public\", row = \"unknown\" }\ngrade = \"GRADE\"\nreason = \"Known since the first release.\"\n";

fn server(grants_everything: bool) -> Double {
    let plain = Plain::new(Manners { grants_everything, ..Manners::default() });
    Double::start(move |seen| plain.answer(seen))
}

fn run(room: &Room, server: &Double, entry: &str, more: &[&str]) -> Said {
    room.write("expected.toml", &format!("written-for = \"0.1.0\"\nrequirements = \"2026.1\"\n\n{entry}"));
    room.server(&server.origin, &[&["--filter", FILTER, "--expect", "expected.toml"], more].concat())
}

/// The text that is offered for pasting.
fn paste(stdout: &str) -> String {
    let lines: Vec<&str> = stdout.lines().map(str::trim).collect();
    let from = lines.iter().position(|line| line.starts_with("[[expect]]")).unwrap();
    let entry: Vec<&str> = lines[from..].iter().take_while(|line| !line.is_empty()).copied().collect();
    entry.join("\n") + "\n"
}

#[test]
fn a_finding_is_pasted_with_a_reason_and_excused() {
    let (server, room) = (server(true), Room::new());
    let first = run(&room, &server, "", &[]);
    settings().bind(|| assert_snapshot!(room.shown(&first, &server.origin)));
    let entry = paste(&first.stdout);
    assert_eq!(run(&room, &server, &entry, &[]).code, Some(2), "an entry without a reason excuses nothing");
    let reasoned: String = entry
        .lines()
        .map(|line| {
            if line.starts_with("reason") {
                "reason = \"Known since the first release.\"\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let second = run(&room, &server, &reasoned, &[]);
    settings().bind(|| assert_snapshot!(room.shown(&second, &server.origin)));
}

#[test]
fn a_deviation_that_is_gone_is_stale() {
    let (server, room) = (server(false), Room::new());
    let entry = ENTRY.replace("GRADE", "fail");
    let said = run(&room, &server, &entry, &[]);
    settings().bind(|| assert_snapshot!(room.shown(&said, &server.origin)));
    assert_eq!(run(&room, &server, &entry, &["--allow-stale"]).code, Some(0));
}

#[test]
fn an_entry_for_nothing_is_unmatched() {
    let (server, room) = (server(false), Room::new());
    let entry = ENTRY.replace("GRADE", "fail").replace("scope-parameter", "scope-paramter");
    let said = run(&room, &server, &entry, &[]);
    settings().bind(|| assert_snapshot!(room.shown(&said, &server.origin)));
    assert_eq!(run(&room, &server, &entry, &["--allow-stale"]).code, Some(5));
}

#[test]
fn another_grade_than_the_listed_one_is_changed() {
    let (server, room) = (server(true), Room::new());
    let said = run(&room, &server, &ENTRY.replace("GRADE", "warn"), &[]);
    settings().bind(|| assert_snapshot!(room.shown(&said, &server.origin)));
}

#[test]
fn warnings_are_denied_on_request() {
    let (server, room) = (server(false), Room::new());
    let plain = Plain::new(Manners::default());
    let warned = Double::start(move |seen| match (seen.path.as_str(), plain.answer(seen)) {
        ("/.well-known/oauth-authorization-server", _) => {
            let mut document = metadata(&seen.origin);
            document.as_object_mut().unwrap().remove("scopes_supported");
            Answer::json(200, &document)
        }
        (_, reply) => reply,
    });
    let green = run(&room, &server, "", &["--deny", "warn"]);
    assert_eq!(green.code, Some(0), "{}", green.stdout);
    let one = |more: &[&str]| {
        room.server(&warned.origin, &[&["--filter", "id(server/metadata/scopes-supported)"], more].concat())
    };
    assert_eq!(one(&[]).code, Some(0));
    let denied = one(&["--deny", "warn"]);
    settings().bind(|| assert_snapshot!(room.shown(&denied, &warned.origin)));
}
