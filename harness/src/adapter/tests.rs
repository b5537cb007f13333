//! The driver against adapters that misbehave: each is told what it did, and no run ends for it.

use std::{fmt::Write as _, path::Path, time::Duration};

use scopecheck_scenarios::laws::Reply;

use super::{AdapterCommand, AdapterLimits, ProcessAdapter, StartError};
use crate::library::{Adapter as _, PlannedCall};

const LIMITS: AdapterLimits = AdapterLimits { hello: Duration::from_secs(8), call: Duration::from_secs(1) };
/// Where an adapter has much to say, and nothing is said of time.
const PATIENT: AdapterLimits = AdapterLimits { hello: Duration::from_secs(8), call: Duration::from_mins(1) };

fn start(script: &str, limits: AdapterLimits) -> Result<ProcessAdapter, StartError> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adapters").join(format!("{script}.py"));
    ProcessAdapter::start(AdapterCommand::new(["python3".to_owned(), script.display().to_string()]), limits)
}

/// What comes of a few calls together and one alone, and what is said of the adapter afterwards.
fn told(script: &str) -> String {
    told_within(script, LIMITS)
}

fn told_within(script: &str, limits: AdapterLimits) -> String {
    let adapter = start(script, limits).unwrap();
    let parse = |text: &str| PlannedCall {
        op: "parse".to_owned(),
        input: serde_json::json!({ "text": text }).to_string(),
    };
    let mut replies = adapter.call_all(&[parse("a"), parse("b \u{e9}"), parse("c"), parse("d"), parse("e")]);
    replies.push(adapter.call("parse", r#"{"text":"last"}"#));
    let mut told = String::new();
    for reply in &replies {
        let word = match reply {
            Reply::Ok(answer) => answer.to_string(),
            Reply::Rejected { .. } => "rejected".to_owned(),
            Reply::Unsupported { .. } => "unsupported".to_owned(),
            Reply::Crashed { detail } => format!("crashed: {detail}"),
            Reply::Garbled { detail } => format!("garbled: {detail}"),
            Reply::Silent { detail } => format!("silent: {detail}"),
        };
        writeln!(told, "{word}").unwrap();
    }
    let conduct = adapter.conduct().unwrap();
    writeln!(told, "{} calls, {} replies, {} restarts", conduct.calls, conduct.replies, conduct.restarts)
        .unwrap();
    for breach in &conduct.breaches {
        writeln!(told, "{}, {} times: {}", breach.rule.word(), breach.times, breach.what).unwrap();
    }
    told
}

#[test]
fn an_honest_adapter_breaks_nothing() {
    insta::assert_snapshot!(told("honest"));
    insta::assert_snapshot!(told("surrogates"));
    insta::assert_snapshot!(told("crlf"));
}

#[test]
fn lines_that_do_not_belong_there_are_told_and_the_replies_are_still_read() {
    insta::assert_snapshot!(told("prints-debug"));
    insta::assert_snapshot!(told("bom"));
    insta::assert_snapshot!(told_within("long-line", PATIENT));
    insta::assert_snapshot!(told("latin1"));
}

#[test]
fn replies_that_are_not_due_are_told() {
    insta::assert_snapshot!(told("twice"));
    insta::assert_snapshot!(told("wrong-seq"));
    insta::assert_snapshot!(told("string-seq"));
    insta::assert_snapshot!(told("no-seq"));
}

#[test]
fn a_reply_without_the_words_of_the_protocol_is_garbled() {
    insta::assert_snapshot!(told("no-members"));
    insta::assert_snapshot!(told("two-members"));
    insta::assert_snapshot!(told("bare-list"));
}

#[test]
fn a_death_is_told_of_the_call_that_causes_it() {
    insta::assert_snapshot!(told("dies"));
    insta::assert_snapshot!(told("exits-after-one"));
}

#[test]
fn silence_is_told_of_the_call_that_is_not_answered() {
    insta::assert_snapshot!(told("hangs"));
    insta::assert_snapshot!(told("skips"));
}

#[test]
fn an_adapter_that_loses_calls_made_together_is_asked_one_at_a_time() {
    insta::assert_snapshot!(told("one-at-a-time"));
}

#[test]
fn the_end_of_the_conversation_is_judged_too() {
    insta::assert_snapshot!(told("exits-1-after-bye"));
    insta::assert_snapshot!(told("stays-after-bye"));
}

#[test]
fn an_adapter_that_never_says_hello_is_not_started() {
    let short = AdapterLimits { hello: Duration::from_secs(1), ..LIMITS };
    let words = |script: &str, limits| {
        let error = start(script, limits).unwrap_err();
        // Where python lies differs from machine to machine.
        let shown = error.to_string().replace(env!("CARGO_MANIFEST_DIR"), "...");
        format!("{shown}\n{}\n{:?}", error.help(), error.lines().last())
    };
    insta::assert_snapshot!(words("silent", short));
    insta::assert_snapshot!(words("dies-on-hello", LIMITS));
    let missing = ProcessAdapter::start(AdapterCommand::new(["./no such program"]), LIMITS).unwrap_err();
    insta::assert_snapshot!(missing);
    let nothing = ProcessAdapter::start(AdapterCommand::default(), LIMITS).unwrap_err();
    insta::assert_snapshot!(nothing);
}

#[test]
fn nothing_is_left_running() {
    let adapter = start("hangs", LIMITS).unwrap();
    let sleeper = ProcessAdapter::start(
        AdapterCommand::new(["/bin/sh", "-c", "sleep 61 & exec python3 -c 'import json,os\nprint(json.dumps({\"hello\":{\"name\":\"x\",\"version\":str(os.getpid()),\"operations\":[]}}),flush=True)\ninput()\ninput()'"]),
        LIMITS,
    )
    .unwrap();
    let leader = sleeper.hello().version.clone();
    drop(adapter);
    drop(sleeper);
    let left = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok).any(|entry| {
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        // The third field behind the name is the group; a zombie is dead.
        fields.get(2) == Some(&leader.as_str()) && fields.first() != Some(&"Z")
    });
    assert!(!left, "the group {leader} is still there");
}
