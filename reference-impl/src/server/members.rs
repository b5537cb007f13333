//! The members of a JSON object as they came, duplicates and order included.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::Value;

use super::app::App;
use super::errors::OAuthError;

/// What profile `toolhive` says of every body that it cannot read (DCR-01).
const UNREADABLE: &str = "invalid JSON request body";

/// The members of a JSON object.
#[derive(Debug)]
pub(super) struct Members {
    pairs: Vec<(String, Value)>,
    toolhive: bool,
}

impl Members {
    /// Reads a body. Profile `toolhive` reads the first value of it and finds names in any case, as the language of
    /// that system does (DCR-01, DCR-02).
    pub(super) fn read(app: &App, body: &[u8]) -> Result<Self, OAuthError> {
        let toolhive = app.is_toolhive();
        let pairs = if toolhive {
            // `null` is an object without members there.
            let first = serde_json::Deserializer::from_slice(body).into_iter::<Option<Pairs>>().next();
            first.and_then(Result::ok).map(Option::unwrap_or_default)
        } else {
            serde_json::from_slice::<Pairs>(body).ok()
        };
        match pairs {
            Some(Pairs(pairs)) => Ok(Self { pairs, toolhive }),
            None if toolhive => Err(OAuthError::invalid_metadata(UNREADABLE)),
            None => Err(OAuthError::invalid_metadata("the body must be one JSON object")),
        }
    }

    /// The value of a member; of several the last. `null` is as good as absent.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let named = |key: &str| key == name || (self.toolhive && key.eq_ignore_ascii_case(name));
        let last = self.pairs.iter().rev().find(|(key, _)| named(key));
        last.map(|(_, value)| value).filter(|value| !value.is_null())
    }

    /// A member that must be a string.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, OAuthError> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => value.as_str().map(Some).ok_or_else(|| self.wrong_type(name, "a string")),
        }
    }

    /// A member that must be an array of strings. In profile `toolhive` null acts as an empty one (DCR-02).
    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, OAuthError> {
        let wrong = || self.wrong_type(name, "an array of strings");
        let Some(value) = self.get(name) else { return Ok(None) };
        let elements = value.as_array().ok_or_else(wrong)?;
        let text = |element: &Value| match element {
            Value::Null if self.toolhive => Some(String::new()),
            _ => element.as_str().map(str::to_owned),
        };
        let texts = elements.iter().map(|element| text(element).ok_or_else(wrong));
        texts.collect::<Result<_, _>>().map(Some)
    }

    /// The error for a member of the wrong type.
    pub(super) fn wrong_type(&self, name: &str, expected: &str) -> OAuthError {
        if self.toolhive {
            return OAuthError::invalid_metadata(UNREADABLE);
        }
        OAuthError::invalid_metadata(format!("'{name}' must be {expected}"))
    }
}

/// Name and value of each member, in order.
#[derive(Default)]
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Pairs, A::Error>
    where
        A::Error: de::Error,
    {
        let mut pairs = Vec::new();
        while let Some(pair) = access.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
