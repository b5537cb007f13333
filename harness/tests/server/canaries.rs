//! Secrets are in no artefact and not on the terminal, however the server echoes them.

use std::{collections::HashMap, fs, sync::Mutex};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

use crate::{
    double::{Answer, Double, Seen},
    plain::{Manners, Plain},
    support::{Room, Said},
};

/// Every secret that the server or the configuration makes begins like this; `/`, `+` and `=` are written in more than one way.
const PREFIX: &str = "canary/+=\"";
const FORM: &str = r#"<form method="post" action="/login"><input type="hidden" name="back" value="BACK"><input name="who"><input type="password" name="pin"></form>"#;

/// All that the run left behind.
fn artefacts(room: &Room, said: &Said) -> Vec<(String, String)> {
    let mut all =
        vec![("stdout".to_owned(), said.stdout.clone()), ("stderr".to_owned(), said.stderr.clone())];
    for name in ["scopecheck-out/events.ndjson", "results.json", "junit.xml", "terminal.txt"] {
        all.push((name.to_owned(), fs::read_to_string(room.file(name)).unwrap()));
    }
    all
}

/// Where a secret stands in a text, in any of the forms in which it may be written; with what stands around it.
fn found(text: &str, secret: &str) -> Option<String> {
    let percent = secret.bytes().fold(String::new(), |text, octet| text + &format!("%{octet:02X}"));
    let mut forms = vec![
        secret.to_owned(),
        form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
        percent.to_lowercase(),
        percent,
        Value::from(secret).to_string().trim_matches('"').to_owned(),
    ];
    // Inside of a longer text that was encoded as a whole, the same octets look different by where they begin.
    for padding in 0..3 {
        let shifted = format!("{}{secret}", "x".repeat(padding));
        for encoded in [STANDARD.encode(&shifted), URL_SAFE_NO_PAD.encode(&shifted)] {
            let whole = encoded.trim_end_matches('=');
            forms.push(whole[if padding == 0 { 0 } else { 4 }..whole.len() - 2].to_owned());
        }
    }
    forms.iter().find_map(|form| {
        let at = text.find(form.as_str())?;
        let (from, to) = (at.saturating_sub(200), (at + form.len() + 100).min(text.len()));
        Some(format!("{form}: {}", String::from_utf8_lossy(&text.as_bytes()[from..to])))
    })
}

/// Repeats in every error what it knows of the client and of the request.
struct Gossip {
    plain: Plain,
    heard: Mutex<HashMap<String, String>>,
}

impl Gossip {
    fn answer(&self, seen: &Seen) -> Answer {
        let mut heard = self.heard.lock().unwrap();
        let request = format!(
            "{} {} {} {}",
            seen.query,
            seen.body,
            seen.header("authorization"),
            seen.header("cookie")
        );
        match seen.path.as_str() {
            "/authorize" if !seen.header("cookie").contains("session") => {
                let page = FORM.replace("BACK", &seen.query.replace('&', "&amp;"));
                return Answer::html(200, &page).with("set-cookie", "csrf=canary-csrf; Path=/");
            }
            "/login" => {
                return Answer::redirect(&format!("/authorize?{}", seen.param("back")))
                    .with("set-cookie", "session=canary-session; Path=/; HttpOnly");
            }
            _ => {}
        }
        let reply = self.plain.answer(seen);
        if seen.path == "/register" {
            let answer: Value = serde_json::from_str(&reply.body_text()).unwrap_or_default();
            heard.insert(answer["client_id"].as_str().unwrap_or_default().to_owned(), reply.body_text());
        }
        if let Some(location) = reply.location() {
            // As many servers write it: only what has to be encoded is.
            let location = location.replace("%2F", "/").replace("%3D", "=");
            let told = form_urlencoded::byte_serialize(request.as_bytes()).collect::<String>();
            return Answer::redirect(&format!("{location}&error_description={told}"));
        }
        if seen.path == "/token" && reply.code() >= 400 {
            let basic = seen.header("authorization").trim_start_matches("Basic ");
            let basic = String::from_utf8(STANDARD.decode(basic).unwrap()).unwrap();
            let id = basic
                .split(':')
                .next()
                .filter(|id| !id.is_empty())
                .map_or(seen.param("client_id"), str::to_owned);
            let told = format!("{request} {}", heard.get(&id).cloned().unwrap_or_default());
            return Answer::json(
                reply.code(),
                &json!({ "error": "invalid_scope", "error_description": told }),
            );
        }
        reply
    }
}

fn secrets_of(server: &Double) -> Vec<String> {
    let mut secrets = vec!["canary".to_owned()];
    for seen in server.seen() {
        for name in ["code_verifier", "state"] {
            secrets.extend(seen.all(name).into_iter().filter(|value| value.len() >= 16));
        }
    }
    secrets.sort();
    secrets.dedup();
    assert!(secrets.len() > 20, "the run was exercised");
    secrets
}

fn nothing_leaks(room: &Room, said: &Said, server: &Double) {
    let secrets = secrets_of(server);
    for (name, text) in artefacts(room, said) {
        for secret in &secrets {
            assert_eq!(found(&text, secret), None, "{name}");
        }
    }
}

const REPORTS: [&str; 7] = [
    "--report",
    "json=results.json",
    "--report",
    "junit=junit.xml",
    "--report",
    "terminal=terminal.txt",
    "-v",
];

/// A run with a login form against a server that repeats what it knows.
fn gossiped(jwt: bool, grants_everything: bool) {
    let gossip = Gossip {
        plain: Plain::new(Manners { prefix: PREFIX, jwt, grants_everything, ..Manners::default() }),
        heard: Mutex::default(),
    };
    let server = Double::start(move |seen| gossip.answer(seen));
    let room = Room::new();
    room.write("password", "canary pin/+=\"\\x");
    room.write(
        "scopecheck.toml",
        &format!(
            "[target.mine.server.default]\nissuer = \"{}\"\nlogin = {{ mode = \"form\", fields = {{ who = \"canary-who\", pin = \"{{secrets.pin}}\" }} }}\nsecrets = {{ pin = {{ file = \"password\" }} }}\n",
            server.origin
        ),
    );
    let said = room.run(&[&["server", "--target", "mine"], &REPORTS[..]].concat());
    assert_eq!(said.code, Some(i32::from(grants_everything)), "{}", said.stdout);
    assert!(server.count("POST", "/login") > 20, "the form was sent");
    nothing_leaks(&room, &said, &server);
    if jwt {
        let log = room.read("scopecheck-out/events.ndjson");
        assert!(log.contains(r#"\"scope\":\"read"#), "the payload of a JWT stays readable");
    }
}

#[test]
fn a_server_that_refuses_and_repeats_every_secret_gets_none_into_an_artefact() {
    gossiped(false, false);
}

#[test]
fn findings_with_their_command_lines_hold_no_secret() {
    gossiped(true, true);
}

#[test]
fn a_configured_secret_is_not_told_either() {
    let server = Double::start(|seen| match seen.path.as_str() {
        "/.well-known/oauth-authorization-server" => Answer::json(200, &crate::plain::metadata(&seen.origin)),
        "/authorize" => Answer::redirect(&format!(
            "{}?code=canary/code&state={}",
            seen.param("redirect_uri"),
            seen.param("state")
        )),
        // Error codes are shown on the terminal as they are.
        _ => Answer::json(
            400,
            &json!({ "error": seen.header("authorization"), "error_description": seen.body }),
        ),
    });
    let room = Room::new();
    room.write(
        "scopecheck.toml",
        &format!(
            "[target.mine.server.default]\nissuer = \"{}\"\nclient = {{ mode = \"registered\", id = \"me\", redirect-uri = \"https://client.example/cb\" }}\nsecrets = {{ client_secret = {{ env = \"SECRET_OF_THE_TEST\" }} }}\n",
            server.origin
        ),
    );
    let output = room
        .command(&[&["server", "--target", "mine"], &REPORTS[..]].concat())
        .env("SECRET_OF_THE_TEST", "canary secret/+=\"")
        .output()
        .unwrap();
    let said = Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    assert_eq!(said.code, Some(3), "{}", said.stdout);
    nothing_leaks(&room, &said, &server);
}

#[test]
fn a_secret_that_is_missing_is_named_by_its_source() {
    let room = Room::new();
    room.write(
        "scopecheck.toml",
        "[target.mine.server.default]\nissuer = \"http://127.0.0.1:9\"\nclient = { mode = \"registered\", id = \"me\", redirect-uri = \"https://client.example/cb\" }\nsecrets = { client_secret = { env = \"SECRET_OF_NOBODY\" } }\n",
    );
    let said = room.run(&["server", "--target", "mine"]);
    insta::assert_snapshot!(room.shown(&said, ""));
}
