//! What a library looks like to the suite: what it says of itself, and one call at a time (`design.md` section 5.2).

use std::collections::BTreeMap;

use scopecheck_scenarios::{laws::Reply, operations::SEMANTICS};
use serde_json::Value;

use super::Conduct;

/// A library under test.
///
/// Several threads call at once, and each waits for its own replies.
pub trait Adapter: Send + Sync {
    /// What the library says of itself; the same for the whole run.
    fn hello(&self) -> &Hello;

    /// Calls an operation with its input, JSON text, so that duplicate members and exact escapes reach the library.
    ///
    /// It never panics: a library that dies is a [`Reply::Crashed`].
    fn call(&self, op: &str, input: &str) -> Reply;

    /// Makes several calls that do not depend on one another; as many replies, in the same order. What speaks to a process has them in flight
    /// together.
    fn call_all(&self, calls: &[PlannedCall]) -> Vec<Reply> {
        calls.iter().map(|call| self.call(&call.op, &call.input)).collect()
    }

    /// Ends the conversation, where there is one, and says how the adapter kept to the protocol; `None` for a library in this process.
    fn conduct(&self) -> Option<Conduct> {
        None
    }
}

/// A call that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCall {
    /// The operation.
    pub op: String,
    /// Its input, JSON text on one line.
    pub input: String,
}

/// What a library says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hello {
    /// Its name, such as `oauthlib`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in, where that is said.
    pub language: Option<String>,
    /// The operations that it offers; announcing one accepts its row of the protocol and its laws.
    pub operations: Vec<String>,
    /// Its dialect.
    pub semantics: Semantics,
    /// How many calls may be under way at once; 0 where that means nothing.
    pub max_in_flight: usize,
}

impl Hello {
    /// Whether the library offers an operation.
    pub fn offers(&self, op: &str) -> bool {
        self.operations.iter().any(|offered| offered == op)
    }
}

/// The declared dialect of a library, by the names of the protocol.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Semantics(BTreeMap<String, String>);

impl Semantics {
    /// The dialect as it stands in a `hello`: an object of words. What is no word is no declaration.
    pub fn read(declared: &Value) -> Self {
        let members = declared.as_object().into_iter().flatten();
        members.filter_map(|(point, value)| Some((point.as_str(), value.as_str()?))).collect()
    }

    /// What was declared.
    pub fn declared(&self, point: &str) -> Option<&str> {
        self.0.get(point).map(String::as_str)
    }

    /// What the library is held to: what it declared, else the strict value; `None` for a point that the protocol does not know.
    pub fn value(&self, point: &str) -> Option<&str> {
        let strict = || {
            let (_, values, _) = SEMANTICS.iter().find(|(known, ..)| *known == point)?;
            values.first().copied()
        };
        self.declared(point).or_else(strict)
    }

    /// Why something that holds under these values does not apply to the library; `None` where it does.
    pub fn differs<'a>(&self, under: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<String> {
        under.into_iter().find_map(|(point, wanted)| {
            let value = self.value(point);
            let how = if self.declared(point).is_some() { "declares" } else { "is held to" };
            let value = value.filter(|value| *value != wanted)?;
            Some(format!("holds under `{point} = {wanted}`; the library {how} `{point} = {value}`"))
        })
    }
}

impl<P: Into<String>, V: Into<String>> FromIterator<(P, V)> for Semantics {
    fn from_iter<I: IntoIterator<Item = (P, V)>>(declared: I) -> Self {
        Self(declared.into_iter().map(|(point, value)| (point.into(), value.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_declared_is_held_to_the_strict_value() {
        let semantics: Semantics = [("separators", "whitespace")].into_iter().collect();
        assert_eq!(semantics.value("separators"), Some("whitespace"));
        assert_eq!(semantics.value("claims"), Some("first"));
        assert_eq!(semantics.value("colour"), None);
    }

    #[test]
    fn a_dialect_is_read_from_an_object_of_words() {
        let semantics = Semantics::read(&serde_json::json!({ "order": "any", "plan": 2 }));
        assert_eq!(semantics, [("order", "any")].into_iter().collect());
        assert_eq!(Semantics::read(&Value::Null), Semantics::default());
    }

    #[test]
    fn a_value_that_differs_says_which_and_whose() {
        let semantics: Semantics = [("separators", "whitespace")].into_iter().collect();
        let differs = |point, wanted| semantics.differs([(point, wanted)]).unwrap_or_default();
        insta::assert_snapshot!(differs("separators", "space"), @"holds under `separators = space`; the library declares `separators = whitespace`");
        insta::assert_snapshot!(differs("matching", "wildcard"), @"holds under `matching = wildcard`; the library is held to `matching = exact`");
        assert_eq!(semantics.differs([("separators", "whitespace"), ("matching", "exact")]), None);
    }
}
