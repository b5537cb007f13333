//! Text from a server that wants to write on the terminal or to break a report.

use serde_json::json;

use crate::{
    double::{Answer, Double},
    plain::{Manners, Plain, metadata},
    support::{Room, settings, shown},
};

/// Colours, a cleared screen, a title, line breaks, a bell, reversed reading, nothing visible at all, the ends of CDATA and of a script.
const HOSTILE: &str = "ok\u{1b}[31m\u{1b}[2J\u{1b}]0;title\u{7}\r\nforged\u{202e}\u{2066}\u{200b}\u{9b}1m]]><script>alert(1)</script>&amp;\u{0}\u{fffe}";

fn harmless(name: &str, text: &str) {
    let bad = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    if let Some(at) = text.find(bad) {
        let from = text[..at].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
        panic!("{name} holds {:?} behind {:?}", text[at..].chars().next(), &text[from..at]);
    }
}

#[test]
fn scopes_codes_and_descriptions_are_made_visible() {
    let plain = Plain::new(Manners { grants_everything: true, ..Manners::default() });
    let server = Double::start(move |seen| match (seen.path.as_str(), plain.answer(seen)) {
        ("/.well-known/oauth-authorization-server", _) => {
            let mut document = metadata(&seen.origin);
            document["scopes_supported"] = json!([HOSTILE.replace(' ', ""), "write", "files"]);
            Answer::json(200, &document)
        }
        ("/token", reply) if reply.code() == 200 && seen.param("grant_type") == "authorization_code" => {
            let mut body: serde_json::Value = serde_json::from_str(&reply.body_text()).unwrap();
            body["scope"] = json!(format!("{} {HOSTILE}", body["scope"].as_str().unwrap()));
            body[HOSTILE] = json!(HOSTILE);
            Answer::json(200, &body)
        }
        ("/token", reply) if reply.code() != 200 => {
            Answer::json(400, &json!({ "error": HOSTILE, "error_description": HOSTILE }))
        }
        (_, reply) => reply,
    });
    let room = Room::new();
    let said = room.server(
        &server.origin,
        &[
            "--report",
            "json=results.json",
            "--report",
            "junit=junit.xml",
            "--report",
            "terminal=terminal.txt",
            "-v",
        ],
    );
    assert_eq!(said.code, Some(1), "{}", said.stdout);
    harmless("stdout", &said.stdout);
    harmless("stderr", &said.stderr);
    for name in ["results.json", "junit.xml", "terminal.txt"] {
        harmless(name, &room.read(name));
    }
    for line in room.read("scopecheck-out/events.ndjson").lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    let junit = room.read("junit.xml");
    assert!(!junit.contains("]]>") && !junit.contains("<script"), "{junit}");
}

#[test]
fn metadata_of_a_hostile_issuer_are_made_visible() {
    let server = Double::start(|_| Answer::json(200, &json!({ "issuer": HOSTILE })));
    settings().bind(|| {
        let shown = shown(&server.origin, &["--filter", "id(server/authorize/unknown-scope)"]);
        harmless("the output", &shown);
        insta::assert_snapshot!(shown);
    });
}

#[test]
fn a_hostile_argument_is_made_visible() {
    let room = Room::new();
    for arguments in [
        ["server", "http://as.example/\u{1b}[31m?x"],
        ["server", "\u{202e}moc"],
        ["server", "--filter=id(\u{1b}[2Jx)"],
        ["server", "--profile=\u{1b}[2Jx"],
        ["server", "--target=\u{1b}[2Jx"],
        ["explain", "\u{1b}[2Jx"],
    ] {
        let said = room.run(&arguments);
        harmless(arguments[1], &format!("{}{}", said.stdout, said.stderr));
        assert!(matches!(said.code, Some(2 | 4)), "{arguments:?}: {said:?}");
    }
}

#[test]
fn the_last_words_of_a_target_are_made_visible() {
    let room = Room::new();
    room.write(
        "scopecheck.toml",
        "[target.mine.server.default]\nissuer = \"http://127.0.0.1:{port}\"\nstart = { command = [\"printf\", '\\033[31mred\\033]0;t\\007'], ready = \"/\", timeout = \"5s\" }\n",
    );
    let said = room.run(&["server", "--target", "mine"]);
    harmless("stderr", &said.stderr);
    insta::assert_snapshot!(room.shown(&said, ""));
}
