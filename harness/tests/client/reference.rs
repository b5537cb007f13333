//! The reference client is green, says so in one way only, and its secrets are nowhere.

use serde_json::Value;

use crate::support::run;

#[test]
fn the_embedded_client_satisfies_every_case() {
    let ran = run("", &["client"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    insta::with_settings!({ filters => vec![(r"in \d+(\.\d+)? m?s", "in [TIME]")] }, {
        insta::assert_snapshot!(ran.stdout);
    });
}

#[test]
fn the_same_seed_gives_the_same_record() {
    let record = || {
        let ran = run("", &["client", "--filter", "area(client/step-up)", "--seed", "7"]);
        let mut lines: Vec<Value> =
            ran.events().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        lines.iter_mut().for_each(without_times);
        lines
    };
    let (first, second) = (record(), record());
    for (one, other) in first.iter().zip(&second) {
        assert_eq!(one, other);
    }
    assert_eq!(first.len(), second.len());
}

/// Times, and what the client makes up for PKCE, which is no secret once the code is redeemed.
fn without_times(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_times),
        Value::Object(members) => {
            for name in ["started", "finished", "started_ms", "duration_ms"] {
                members.remove(name);
            }
            members.values_mut().for_each(without_times);
        }
        Value::String(text) => {
            if let Some((head, tail)) = text.split_once("code_challenge=") {
                let rest = tail.split_once('&').map_or("", |(_, rest)| rest);
                *text = format!("{head}code_challenge=&{rest}");
            }
        }
        _ => {}
    }
}

#[test]
fn tokens_codes_and_folders_stand_in_no_record() {
    let ran = run("", &["client", "--filter", "area(client/step-up)"]);
    let events = ran.events();
    assert!(events.contains("$SERVER/api/write") && events.contains("token#1"), "the record is there");
    let words = events.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    let secret = |word: &str| {
        let made_up = ["code-", "refresh-"]
            .iter()
            .any(|kind| word.strip_prefix(kind).is_some_and(|rest| rest.len() >= 24));
        made_up || word.starts_with("eyJ") || word.starts_with("scopecheck-client-")
    };
    assert_eq!(words.filter(|word| secret(word)).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_number_of_requests_is_held_to_what_is_pinned() {
    let config = |pin: &str| {
        format!(
            r#"[target.it.client.default]
commands.call = ["{{scopecheck}}", "reference", "client", "--state-dir", "{{state_dir}}", "call", "--operation", "{{operation}}", "{{url}}"]
pin = {{ "client/challenge/without-an-error-code#behaviour" = "{pin}" }}
"#
        )
    };
    let filter = "id(client/challenge/without-an-error-code)";
    let code = |pin: &str| run(&config(pin), &["client", "--target", "it", "--filter", filter]).code;
    assert_eq!((code("waits-for-the-code"), code("asks")), (0, 1));
}
