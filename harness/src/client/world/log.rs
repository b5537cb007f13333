//! What the scripted world puts down of each request, for the record and for the judge.

use serde_json::{Map, Value};

use crate::{
    judge::Scopes,
    wire::{Reply, Request, WireError},
};

/// The kinds of requests that a client sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::client) enum Kind {
    /// An authorization request.
    Authorize,
    /// A token request.
    Token,
    /// A registration.
    Register,
    /// A call of an operation.
    Resource,
    /// A metadata document.
    Metadata,
    /// Anything else.
    Other,
}

impl Kind {
    /// The word of the vocabulary, for the requests that a case can name.
    pub(in crate::client) fn word(self) -> Option<&'static str> {
        match self {
            Self::Authorize => Some("authorize"),
            Self::Token => Some("token"),
            Self::Register => Some("register"),
            Self::Resource => Some("resource"),
            Self::Metadata | Self::Other => None,
        }
    }
}

/// A request with its answer, and what they mean.
#[derive(Debug, Clone)]
pub(in crate::client) struct Logged {
    /// The step that ran the client.
    pub(in crate::client) step: String,
    /// What it was.
    pub(in crate::client) kind: Kind,
    /// The request as it came.
    pub(in crate::client) request: Request,
    /// The answer as the client had it.
    pub(in crate::client) reply: Result<Reply, WireError>,
    /// When it came, in milliseconds since the run began.
    pub(in crate::client) started_ms: u64,
    /// When its answer went out.
    pub(in crate::client) answered_ms: u64,
    /// What they mean.
    pub(in crate::client) facts: Facts,
}

/// What a request and its answer mean.
#[derive(Debug, Clone, Default)]
pub(in crate::client) struct Facts {
    /// The parameters or members of the request; a parameter that is repeated is an array.
    pub(in crate::client) parameters: Map<String, Value>,
    /// What was asked for; `None` where no scope was sent, or a valueless one.
    pub(in crate::client) requested: Option<Scopes>,
    /// What the answer said in `scope`.
    pub(in crate::client) said: Option<String>,
    /// What the token's own claim says.
    pub(in crate::client) claimed: Option<Scopes>,
    /// What was granted.
    pub(in crate::client) granted: Option<Scopes>,
    /// The scope that the challenge named.
    pub(in crate::client) challenged: Option<String>,
    /// The code that was issued.
    pub(in crate::client) code: Option<String>,
    /// What the server that the request went to has registered for the client that sent it; `None` where nobody knows.
    pub(in crate::client) registered: Option<String>,
    /// What only other servers list than the one that the request went to; `None` where there is only one.
    pub(in crate::client) elsewhere: Option<Scopes>,
    /// What happened, as words of the vocabulary.
    pub(in crate::client) events: Vec<&'static str>,
}

/// Puts parameters into a map; one that is repeated becomes an array, in the order of the request.
pub(super) fn collect(pairs: impl IntoIterator<Item = (String, String)>) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in pairs {
        match map.get_mut(&name) {
            None => {
                map.insert(name, Value::String(value));
            }
            Some(Value::Array(values)) => values.push(Value::String(value)),
            Some(first) => {
                let values = vec![first.take(), Value::String(value)];
                *first = Value::Array(values);
            }
        }
    }
    map
}

/// The text of a parameter that is there once.
pub(super) fn text<'m>(map: &'m Map<String, Value>, name: &str) -> &'m str {
    map.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The scope of a request: `None` where it is missing or valueless; several parameters are read as one list, for the check on repetition
/// judges them by themselves.
pub(super) fn scope(map: &Map<String, Value>) -> Option<Scopes> {
    let scopes = match map.get("scope") {
        Some(Value::String(text)) => Scopes::read(text),
        Some(Value::Array(values)) => Scopes::collect(
            values
                .iter()
                .filter_map(Value::as_str)
                .flat_map(|text| text.split(' '))
                .filter(|token| !token.is_empty()),
        ),
        _ => Scopes::default(),
    };
    (!scopes.is_empty()).then_some(scopes)
}
