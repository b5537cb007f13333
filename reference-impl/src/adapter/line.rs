//! One line of the protocol.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::broken;
use crate::{
    faults::Fault,
    library::{Library, Reply},
};

/// The version of the protocol that is spoken here.
const PROTOCOL: u64 = 1;

/// How many requests may be under way. They are answered one after the other, so this only says how much may wait in
/// the pipe.
const MAX_IN_FLIGHT: u64 = 64;

/// What the suite writes. Everything is optional here, so that a mistake can be named.
#[derive(Deserialize)]
struct Request<'a> {
    hello: Option<Hello>,
    bye: Option<Value>,
    seq: Option<u64>,
    op: Option<String>,
    #[serde(borrow)]
    input: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Hello {
    protocol: Option<u64>,
}

/// What to do after a line.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// Write this line.
    Say(Value),
    /// End.
    Leave,
    /// Read on, and write nothing more (a fault).
    FallSilent,
    /// End over this call, without an answer (a fault).
    Die,
}

/// Answers a line. A line that is no request gets an answer too, with `seq` where it could be read and `null` where not.
pub(super) fn answer(line: &[u8], library: &Library) -> Next {
    let request = match read(line) {
        Ok(request) => request,
        Err(message) => return refuse(None, &message),
    };
    if let Some(hello) = request.hello {
        return welcome(&hello, library);
    }
    if request.bye.is_some() {
        return Next::Leave;
    }
    let Some(op) = request.op else {
        return refuse(request.seq, "the line has none of the members `hello`, `op` and `bye`");
    };
    let Some(seq) = request.seq else {
        return refuse(None, "the member `seq` is absent or no integer from 0");
    };
    let input = request.input.map_or("{}", RawValue::get);
    broken::instead(&op, input, library).unwrap_or_else(|| say(Some(seq), library.answer(&op, input)))
}

/// Reads a line, or says in words why it cannot be read.
fn read(line: &[u8]) -> Result<Request<'_>, String> {
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("the line is not UTF-8 from offset {}", error.valid_up_to()))?;
    if !text.trim_start().starts_with('{') {
        return Err("the line is no JSON object".to_owned());
    }
    serde_json::from_str(text).map_err(|error| format!("the line is no request: {error}"))
}

/// Refuses a line that could not be taken in.
pub(super) fn refuse(seq: Option<u64>, message: &str) -> Next {
    let message = format!("{message}; see the adapter protocol");
    say(seq, Reply::Rejected { kind: "protocol", message })
}

/// A reply line.
fn say(seq: Option<u64>, reply: Reply) -> Next {
    let (name, value) = reply.into_member();
    let mut line = json!({ "seq": seq });
    if let Some(members) = line.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
    Next::Say(line)
}

/// The answer to `hello`.
fn welcome(hello: &Hello, library: &Library) -> Next {
    if let Some(other) = hello.protocol.filter(|version| *version != PROTOCOL) {
        return refuse(None, &format!("this adapter speaks protocol {PROTOCOL}, not {other}"));
    }
    let mut operations = library.operations().to_vec();
    if library.has(Fault::AdapterAnnouncesUnknownOperation) {
        operations.push(broken::UNKNOWN);
    }
    Next::Say(json!({
        "hello": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "language": "rust",
            "operations": operations,
            "semantics": library.semantics(),
            "max_in_flight": MAX_IN_FLIGHT,
        }
    }))
}
