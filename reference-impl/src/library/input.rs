//! The inputs of operations as the protocol writes them.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

use super::reply::Refusal;
use crate::claims::Members;
use crate::scope::{ScopeSet, ScopeToken};

/// Reads the input of an operation. Nothing about it is guessed: an unknown, absent or repeated member is refused.
pub(super) fn read<T: DeserializeOwned>(input: &str) -> Result<T, Refusal> {
    if !input.trim_start().starts_with('{') {
        // The reader of structs would take an array as well.
        return Err(Refusal::new("input", "the input is not what the operation takes: a JSON object"));
    }
    serde_json::from_str(input)
        .map_err(|error| Refusal::new("input", format!("the input is not what the operation takes: {error}")))
}

/// An object whose members are read apart, so that duplicates are seen and its depth is counted from itself.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Object(Box<RawValue>);

impl Object {
    /// The members.
    pub(super) fn members(&self) -> Result<Members, Refusal> {
        Members::read(self.0.get())
            .map_err(|error| Refusal::new("input", format!("the object cannot be read: {error}")))
    }

    /// The members of an object that may be absent.
    pub(super) fn members_of(object: Option<&Self>) -> Result<Option<Members>, Refusal> {
        object.map(Self::members).transpose()
    }
}

/// A text, which travels as `{"hex":"..."}` where it is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text {
    /// A text.
    Utf8(String),
    /// What is none.
    Bytes(Vec<u8>),
}

impl Text {
    /// The text. Nothing but UTF-8 is read here: no scope has another byte than an ASCII one.
    pub(super) fn utf8(self) -> Result<String, Refusal> {
        match self {
            Self::Utf8(text) => Ok(text),
            Self::Bytes(bytes) => {
                let offset = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
                let message = format!("the text is not UTF-8: see the byte at offset {offset}; take it out");
                Err(Refusal::new("malformed", message))
            }
        }
    }
}

/// The texts of a list, or the first refusal.
pub(super) fn texts(list: Vec<Text>) -> Result<Vec<String>, Refusal> {
    list.into_iter().map(Text::utf8).collect()
}

/// The scopes of a list, or the refusal of the first element that is none.
pub(super) fn scope_set(list: &[String]) -> Result<ScopeSet, Refusal> {
    ScopeSet::from_tokens(list).map_err(|error| {
        let wrong = list.iter().enumerate().find(|(_, element)| element.parse::<ScopeToken>().is_err());
        let (index, element) = wrong.map_or((0, ""), |(index, element)| (index, element));
        Refusal::malformed(format!("element {index}, {element:?}: {error}"))
    })
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string or {\"hex\":\"...\"}")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text::Utf8(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Text, E> {
        Ok(Text::Utf8(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Text, A::Error> {
        let Some((name, digits)) = access.next_entry::<String, String>()? else {
            return Err(de::Error::missing_field("hex"));
        };
        if name != "hex" || access.next_key::<String>()?.is_some() {
            return Err(de::Error::custom("a text as an object has the one member `hex`"));
        }
        let bytes = bytes_of(&digits).ok_or_else(|| de::Error::custom("`hex` holds pairs of hex digits"))?;
        Ok(String::from_utf8(bytes).map_or_else(|error| Text::Bytes(error.into_bytes()), Text::Utf8))
    }
}

/// The bytes that pairs of hexadecimal digits stand for.
fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let digits: Vec<u32> =
                pair.iter().map(|digit| char::from(*digit).to_digit(16)).collect::<Option<_>>()?;
            let [high, low] = digits.as_slice() else { return None };
            u8::try_from(high * 16 + low).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Result<Text, String> {
        serde_json::from_str(json).map_err(|error: serde_json::Error| error.to_string())
    }

    #[test]
    fn what_is_no_utf_8_travels_in_hex() {
        assert_eq!(text(r#""a b""#).unwrap(), Text::Utf8("a b".into()));
        assert_eq!(text(r#"{"hex":"6120"}"#).unwrap(), Text::Utf8("a ".into()));
        assert_eq!(text(r#"{"hex":"61Ff"}"#).unwrap(), Text::Bytes(vec![0x61, 0xff]));
        for wrong in
            [r#"{"hex":"6"}"#, r#"{"hex":"zz"}"#, r#"{"hex":"é"}"#, "{}", r#"{"hex":"","b":1}"#, "1", "null"]
        {
            assert!(text(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_refusal_says_where_the_first_wrong_byte_is() {
        let refusal = Text::Bytes(vec![0x61, 0xff]).utf8().unwrap_err();
        insta::assert_snapshot!(refusal.message, @"the text is not UTF-8: see the byte at offset 1; take it out");
    }
}
