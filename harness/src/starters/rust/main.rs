//! Puts a library's scope functions behind the adapter protocol, so that scopecheck can test them.
//!
//! The suite starts this program, writes one JSON object a line to its standard input, and reads one a line from its
//! standard output. Standard error is free: what `eprintln!` prints is shown where something goes wrong. `println!` is not.
//!
//! ```text
//! cargo build --release
//! scopecheck adapter check -- target/release/scope-adapter    says whether the conversation is sound
//! scopecheck library -- target/release/scope-adapter          says whether the library is
//! ```
//!
//! Two rules: announce only what the library really offers, and convert nothing. The library's own answer is the answer.

use std::{
    collections::{HashMap, HashSet},
    io::{self, BufRead, BufReader, BufWriter, Write},
    panic,
};

use serde_json::{json, value::RawValue, Value};

// --- 1. The library: a stand-in that is right by RFC 6749 section 3.3. Use yours instead, and delete this. ---

fn stand_in(text: &str) -> Result<Vec<&str>, String> {
    let mut scopes = Vec::new();
    let mut seen = HashSet::new();
    for piece in text.split(' ').filter(|piece| !piece.is_empty()) {
        if !piece
            .bytes()
            .all(|octet| matches!(octet, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
        {
            return Err(format!("not a scope: {:?}", start_of(piece)));
        }
        if seen.insert(piece) {
            scopes.push(piece);
        }
    }
    Ok(scopes)
}

// --- 2. The operations: each takes the `input` of a call and gives what the reply says. ---

/// What a reply says besides `ok`.
enum No {
    /// The library refuses the input: what kind of refusal it is, and its message.
    Rejected(&'static str, String),
    /// The library cannot be asked this.
    Unsupported(String),
}

fn parse(call: &Value) -> Result<Value, No> {
    let scopes = stand_in(text(&call["text"])?) // Replace this by your library's call.
        .map_err(|error| No::Rejected("NotAScope", error))?;
    Ok(json!({ "scopes": scopes }))
}

// The next one goes here. A library that joins lists would have:
//
// fn union(call: &Value) -> Result<Value, No> {
//     Ok(json!({ "scopes": your_library::union(&texts(&call["first"])?, &texts(&call["second"])?) }))
// }

type Operation = fn(&Value) -> Result<Value, No>;

/// Each name here is announced, and with it the library accepts all the vectors and laws of that operation. There are
/// parse serialize claims token union covers recorded plan_step_up ensure_granted expand_registration validate_baseline
/// challenge emit_challenge; targets/ADAPTERS.md has their inputs and answers.
const OPERATIONS: &[(&str, Operation)] = &[("parse", parse)];

fn hello() -> Value {
    let names: Vec<&str> = OPERATIONS.iter().map(|(name, _)| *name).collect();
    json!({ "hello": {
        "name": "your-library",
        "version": "0.0.0",
        "language": "rust",
        "operations": names,
        // Where the library is knowingly not strict, say so, such as {"separators": "whitespace", "duplicates": "keep"}.
        "semantics": {},
        // How many calls may be under way. They are answered one after the other, so this only keeps the pipe full.
        "max_in_flight": 64,
    } })
}

// --- 3. The protocol: nothing below has to change. ---

/// A string as it was sent. Octets that are no UTF-8 come as `{"hex":...}`, and no string of Rust holds those.
fn text(value: &Value) -> Result<&str, No> {
    value
        .as_str()
        .ok_or_else(|| No::Unsupported("this input is no string of Rust".to_owned()))
}

/// A list of strings.
#[allow(dead_code)] // The next operation will need it.
fn texts(value: &Value) -> Result<Vec<&str>, No> {
    let list = value
        .as_array()
        .ok_or_else(|| No::Unsupported("this input is no list".to_owned()))?;
    list.iter().map(text).collect()
}

/// As much of a text as belongs into a message.
fn start_of(text: &str) -> String {
    text.chars().take(100).collect()
}

/// The member of a reply that says how the call went.
fn outcome(op: &str, input: &str) -> (&'static str, Value) {
    let Some((_, operation)) = OPERATIONS.iter().find(|(name, _)| *name == op) else {
        return (
            "unsupported",
            json!({ "reason": format!("this adapter has no operation {:?}", start_of(op)) }),
        );
    };
    let call = match serde_json::from_str::<Value>(input) {
        Ok(call) => call,
        Err(error) => {
            return (
                "unsupported",
                json!({ "reason": format!("the types of Rust cannot hold this input: {error}") }),
            );
        }
    };
    // The hook prints where it panicked to standard error, which is shown beside the reply.
    match panic::catch_unwind(|| operation(&call)) {
        Ok(Ok(value)) => ("ok", value),
        Ok(Err(No::Rejected(kind, message))) => {
            ("rejected", json!({ "kind": kind, "message": message }))
        }
        Ok(Err(No::Unsupported(reason))) => ("unsupported", json!({ "reason": reason })),
        Err(panicked) => {
            let words = panicked.downcast_ref::<String>().map(String::as_str);
            let words = words.or_else(|| panicked.downcast_ref::<&str>().copied());
            (
                "crashed",
                json!({ "detail": format!("panic: {}", words.unwrap_or("without words")) }),
            )
        }
    }
}

/// The reply to a line; nothing where the suite says goodbye.
fn reply(line: &[u8]) -> Option<Value> {
    // The members stay text, for an input may be JSON that no type of Rust holds, such as half a surrogate pair.
    let request: HashMap<String, &RawValue> = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => {
            let reason = format!("the adapter cannot read this line: {error}");
            return Some(json!({ "seq": null, "unsupported": { "reason": reason } }));
        }
    };
    if request.contains_key("hello") {
        return Some(hello());
    }
    if request.contains_key("bye") {
        return None;
    }
    let member = |name: &str| request.get(name).map_or("null", |value| value.get());
    let op: String = serde_json::from_str(member("op")).unwrap_or_default();
    let seq: Value = serde_json::from_str(member("seq")).unwrap_or_default();
    let (outcome, value) = outcome(&op, member("input"));
    Some(json!({ "seq": seq, outcome: value }))
}

/// Answers until `bye` or the end of the input.
fn main() -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, io::stdin());
    let mut writer = BufWriter::with_capacity(1 << 16, io::stdout());
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let Some(said) = reply(&line) else { break };
        serde_json::to_writer(&mut writer, &said)?;
        writer.write_all(b"\n")?;
        line.clear();
        // What has arrived is answered at once, then flushed: a reply that stays in a buffer looks like a hang.
        if !reader.buffer().contains(&b'\n') {
            writer.flush()?;
        }
    }
    writer.flush()
}
