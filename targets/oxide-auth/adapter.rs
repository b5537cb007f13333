//! Puts the scope functions of oxide-auth behind the adapter protocol: one JSON object a line, in and out.
//!
//! Nothing is converted: what the library answers is the answer. README.md says which function stands behind which operation.

use std::{
    io::{self, BufRead, Write},
    panic,
};

use oxide_auth::{
    code_grant::resource::{AccessFailure, Authenticate, Error, ErrorCode},
    primitives::scope::{ParseScopeErr, Scope},
};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

/// A line of the suite. Its parts stay text, for a string with half a surrogate pair is JSON, and yet no string of Rust.
#[derive(Deserialize)]
struct Line<'a> {
    hello: Option<&'a RawValue>,
    bye: Option<&'a RawValue>,
    #[serde(borrow)]
    seq: Option<&'a RawValue>,
    op: Option<&'a RawValue>,
    input: Option<&'a RawValue>,
}

fn main() -> io::Result<()> {
    // A panic is told in the reply; the trace of it on stderr is evidence.
    let mut input = io::BufReader::with_capacity(1 << 16, io::stdin());
    let mut output = io::BufWriter::new(io::stdout());
    let mut octets = Vec::new();
    while input.read_until(b'\n', &mut octets)? > 0 {
        let Some(reply) = answer(&String::from_utf8_lossy(&octets)) else { break };
        writeln!(output, "{reply}")?;
        octets.clear();
        // Lines that already wait are answered in one go.
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()
}

/// The reply to a line, or `None` for the one that says goodbye.
fn answer(line: &str) -> Option<Value> {
    let Ok(line) = serde_json::from_str::<Line>(line) else {
        return Some(
            json!({ "seq": null, "unsupported": { "reason": "the adapter cannot read this JSON" } }),
        );
    };
    if line.hello.is_some() {
        return Some(json!({ "hello": hello() }));
    }
    if line.bye.is_some() {
        return None;
    }
    let read = |part: Option<&RawValue>| {
        part.map_or(Some(Value::Null), |part| serde_json::from_str(part.get()).ok())
    };
    let op = read(line.op).unwrap_or_default();
    let done = panic::catch_unwind(|| match read(line.input) {
        Some(input) => perform(op.as_str().unwrap_or_default(), &input),
        None => Err(unsupported("a string of Rust holds no half of a surrogate pair")),
    });
    let mut reply = match done {
        Ok(Ok(answer)) => json!({ "ok": answer }),
        Ok(Err(reply)) => reply,
        Err(_) => json!({ "crashed": { "detail": "the library panicked; stderr has the place" } }),
    };
    reply["seq"] = read(line.seq).unwrap_or_default();
    Some(reply)
}

fn hello() -> Value {
    // The lock file is what was built, and the only place that knows.
    let locked = include_str!("Cargo.lock").split("name = \"oxide-auth\"\nversion = \"").nth(1);
    json!({
        "name": "oxide-auth",
        "version": locked.and_then(|rest| rest.split('"').next()),
        "language": "rust",
        "operations": ["parse", "serialize", "covers", "emit_challenge"],
        "semantics": { "separators": "space", "duplicates": "first", "malformed": "reject", "matching": "exact", "order": "any" },
        "max_in_flight": 64,
    })
}

/// The answer to a call, or the reply that there is none.
fn perform(op: &str, input: &Value) -> Result<Value, Value> {
    match op {
        "parse" => {
            let scope: Scope = text(&input["text"])?.parse().map_err(rejected)?;
            Ok(json!({ "scopes": scope.iter().collect::<Vec<_>>() }))
        }
        "serialize" => Ok(json!({ "text": scope(&input["scopes"])?.to_string() })),
        "covers" => {
            let (granted, required) = (scope(&input["granted"])?, scope(&input["required"])?);
            Ok(json!({ "covered": required.allow_access(&granted) }))
        }
        "emit_challenge" => {
            let code = match &input["error"] {
                Value::Null => None,
                error => Some(match text(error)? {
                    "invalid_request" => ErrorCode::InvalidRequest,
                    "insufficient_scope" => ErrorCode::InsufficientScope,
                    "invalid_token" => ErrorCode::InvalidToken,
                    _ => {
                        return Err(unsupported("the library knows the three error codes of RFC 6750 only"));
                    }
                }),
            };
            let authenticate = Authenticate { realm: None, scope: Some(scope(&input["scopes"])?) };
            let error = Error::AccessDenied { failure: AccessFailure { code }, authenticate };
            Ok(json!({ "header": error.www_authenticate() }))
        }
        _ => Err(unsupported("the library has no function for this operation")),
    }
}

/// A scope of the library. It is made from a string only, so a list takes the form that RFC 6749 gives it, if it has one.
fn scope(list: &Value) -> Result<Scope, Value> {
    let values = list.as_array().ok_or(unsupported("this is no list of strings"))?;
    let tokens = values.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    if tokens.iter().any(|token| token.is_empty() || token.contains(' ')) {
        return Err(unsupported("a scope that is empty or holds a space cannot be written for this library"));
    }
    tokens.join(" ").parse().map_err(rejected)
}

fn text(value: &Value) -> Result<&str, Value> {
    let reason =
        if value.get("hex").is_some() { "a string of Rust holds UTF-8 only" } else { "this is no string" };
    value.as_str().ok_or(unsupported(reason))
}

fn rejected(error: ParseScopeErr) -> Value {
    json!({ "rejected": { "kind": "ParseScopeErr", "message": error.to_string() } })
}

fn unsupported(reason: &str) -> Value {
    json!({ "unsupported": { "reason": reason } })
}
