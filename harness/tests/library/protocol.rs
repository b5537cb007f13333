//! `scopecheck reference adapter`: a session of the adapter protocol, line by line.

use serde_json::{Value, json};

use crate::support::run;

/// What the adapter answers to these lines, and how it ends.
fn session(arguments: &[&str], lines: &[&str]) -> String {
    let mut input = lines.join("\n");
    input.push('\n');
    let (said, _folder) = run(&[&["reference", "adapter"], arguments].concat(), input.as_bytes());
    said.shown()
}

const HELLO: &str = r#"{"hello":{"protocol":1,"suite":"scopecheck 0.1.0"}}"#;

/// One call of each operation of the protocol.
const CALLS: [(&str, &str); 13] = [
    ("parse", r#"{"text":"a b"}"#),
    ("serialize", r#"{"scopes":["a","b"]}"#),
    ("claims", r#"{"claims":{"scope":"a b"}}"#),
    ("token", r#"{"token":"opaque"}"#),
    ("union", r#"{"first":["b","a"],"second":["a","c"]}"#),
    ("covers", r#"{"granted":["a"],"required":["a","b"]}"#),
    ("recorded", r#"{"requested":["a","b"],"response":{"scope":"a"}}"#),
    ("plan_step_up", r#"{"defaults":["openid"],"granted":["a"],"required":["b"],"interactive":true}"#),
    ("ensure_granted", r#"{"required":["a"],"claims":null,"recorded":["a"]}"#),
    ("expand_registration", r#"{"requested":["a"],"supported":["a","b"],"defaults":[],"baseline":["b"]}"#),
    ("validate_baseline", r#"{"baseline":["c"],"supported":["a","b"]}"#),
    ("challenge", r#"{"header":"Bearer error=\"insufficient_scope\", scope=\"a b\""}"#),
    ("emit_challenge", r#"{"scopes":["a","b"],"error":"insufficient_scope"}"#),
];

#[test]
fn every_operation_answers_once_with_its_number() {
    let calls: Vec<String> = CALLS
        .iter()
        .enumerate()
        .map(|(number, (op, input))| format!(r#"{{"seq":{},"op":"{op}","input":{input}}}"#, number + 1))
        .collect();
    let mut lines = vec![HELLO];
    lines.extend(calls.iter().map(String::as_str));
    lines.push(r#"{"bye":{}}"#);
    insta::assert_snapshot!(session(&[], &lines));
}

#[test]
fn what_is_no_request_gets_an_answer_and_the_session_goes_on() {
    let lines = [
        HELLO,
        "this is no JSON",
        r#"{"seq":1,"op":"divide","input":{}}"#,
        r#"{"seq":2,"op":"union","input":{"first":["a"]}}"#,
        r#"{"seq":3,"op":"union","input":{"first":"a","second":[]}}"#,
        r#"{"seq":4,"op":"union"}"#,
        r#"{"op":"union","input":{"first":["a"],"second":[]}}"#,
        r#"{"seq":"five","op":"parse","input":{"text":"a"}}"#,
        r#"["seq",6]"#,
        "",
        r#"{"seq":7,"op":"parse","input":{"text":"a"}}"#,
        r#"{"bye":{}}"#,
        r#"{"seq":8,"op":"parse","input":{"text":"after the end"}}"#,
    ];
    insta::assert_snapshot!(session(&[], &lines));
}

#[test]
fn octets_that_are_no_text_get_an_answer_too() {
    let input =
        [HELLO.as_bytes(), b"\n\xff\xfe\n{\"seq\":1,\"op\":\"parse\",\"input\":{\"text\":\"a\"}}\n"].concat();
    let (said, _folder) = run(&["reference", "adapter"], &input);
    insta::assert_snapshot!(said.shown());
}

#[test]
fn the_end_of_the_input_ends_the_session() {
    let (said, _folder) = run(&["reference", "adapter"], b"");
    insta::assert_snapshot!(said.shown());
}

#[test]
fn a_fault_of_the_library_shows_in_an_answer() {
    let calls =
        [HELLO, r#"{"seq":1,"op":"union","input":{"first":["b","a"],"second":["c"]}}"#, r#"{"bye":{}}"#];
    let honest = session(&[], &calls);
    let faulty = session(&["--fault", "union-list-sorted"], &calls);
    assert_ne!(honest, faulty);
    insta::assert_snapshot!(faulty);
}

#[test]
fn a_fault_or_profile_that_is_none_of_the_library_is_refused_with_the_nearest_names() {
    insta::assert_snapshot!(session(&["--fault", "refresh-widened"], &[]));
    insta::assert_snapshot!(session(&["--fault", "union-list-sortd"], &[]));
    insta::assert_snapshot!(session(&["--profile", "cli-engin"], &[]));
}

#[test]
fn a_call_of_a_mebibyte_is_answered() {
    let text = vec!["a"; 1 << 19].join(" ");
    let call = json!({ "seq": 1, "op": "parse", "input": { "text": text } }).to_string();
    let input = format!("{HELLO}\n{call}\n{{\"bye\":{{}}}}\n");
    let (said, _folder) = run(&["reference", "adapter"], input.as_bytes());
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let reply: Value = serde_json::from_str(said.stdout.lines().nth(1).unwrap()).unwrap();
    assert_eq!(reply["ok"]["scopes"], json!(["a"]));
}
