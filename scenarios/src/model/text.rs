//! A value on its way to the wire: one string, several, or exact octets.

use std::{borrow::Cow, ops::Range};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A value that is sent: a string (which may hold `{...}`), an array (the parameter is repeated), or `{ hex = "..." }` for exact octets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What was written.
    pub kind: TextKind,
    /// Where it was written, in bytes of the file.
    pub span: Range<usize>,
}

/// The three ways to write a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextKind {
    /// One string; it may hold placeholders.
    One(String),
    /// The parameter is sent once for each of these strings.
    Many(Vec<String>),
    /// Octets that are sent as they are, placeholders excluded.
    Hex(Vec<u8>),
}

impl Text {
    /// A text that stands in no file.
    pub fn made(value: impl Into<String>) -> Self {
        Self { kind: TextKind::One(value.into()), span: 0..0 }
    }

    /// The strings that may hold placeholders.
    pub fn templates(&self) -> Vec<&str> {
        match &self.kind {
            TextKind::One(text) => vec![text],
            TextKind::Many(texts) => texts.iter().map(String::as_str).collect(),
            TextKind::Hex(_) => Vec::new(),
        }
    }

    fn read(value: toml::Value) -> Result<TextKind, String> {
        match value {
            toml::Value::String(text) => Ok(TextKind::One(text)),
            toml::Value::Array(values) => values
                .into_iter()
                .map(|value| match value {
                    toml::Value::String(text) => Ok(text),
                    other => {
                        Err(format!("invalid type: {}, expected a string in this array", other.type_str()))
                    }
                })
                .collect::<Result<_, _>>()
                .map(TextKind::Many),
            toml::Value::Table(table) => {
                if let Some(unknown) = table.keys().find(|key| *key != "hex") {
                    return Err(format!("unknown field `{unknown}`, expected `hex`"));
                }
                match table.get("hex") {
                    Some(toml::Value::String(digits)) => octets(digits).map(TextKind::Hex),
                    _ => Err("expected `hex` with a string of hexadecimal digits".to_owned()),
                }
            }
            other => Err(format!(
                "invalid type: {}, expected a string, an array of strings or {{ hex = \"...\" }}",
                other.type_str()
            )),
        }
    }
}

fn octets(digits: &str) -> Result<Vec<u8>, String> {
    let digits: Vec<char> = digits.chars().filter(|c| *c != ' ').collect();
    if !digits.len().is_multiple_of(2) {
        return Err("`hex` holds an odd number of digits; write two for each octet".to_owned());
    }
    digits
        .chunks(2)
        .map(|pair| {
            let text: String = pair.iter().collect();
            // `from_str_radix` alone would take `+1`.
            Some(&text)
                .filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))
                .and_then(|text| u8::from_str_radix(text, 16).ok())
                .ok_or_else(|| format!("`{text}` is no pair of hexadecimal digits"))
        })
        .collect()
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<toml::Value>::deserialize(deserializer)?;
        let span = spanned.span();
        let kind = Self::read(spanned.into_inner()).map_err(D::Error::custom)?;
        Ok(Self { kind, span })
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A string (which may hold {placeholders}), an array of strings (the parameter is repeated), or { hex = \"...\" } for exact octets.",
            "oneOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
                { "type": "object", "properties": { "hex": { "type": "string" } }, "required": ["hex"], "additionalProperties": false }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Holder {
        value: Text,
    }

    fn read(toml: &str) -> Result<TextKind, String> {
        toml::from_str::<Holder>(toml)
            .map(|holder| holder.value.kind)
            .map_err(|error| error.message().to_owned())
    }

    #[test]
    fn a_text_is_a_string_an_array_or_octets() {
        assert_eq!(read("value = 'a b'"), Ok(TextKind::One("a b".into())));
        assert_eq!(read("value = ['a', 'b']"), Ok(TextKind::Many(vec!["a".into(), "b".into()])));
        assert_eq!(read("value = { hex = '61 00ff' }"), Ok(TextKind::Hex(vec![0x61, 0, 0xff])));
    }

    #[test]
    fn anything_else_is_refused_with_what_was_expected() {
        assert!(read("value = 3").unwrap_err().contains("expected a string"));
        assert!(read("value = { hax = '61' }").unwrap_err().contains("unknown field `hax`"));
        assert!(read("value = { hex = '6' }").unwrap_err().contains("odd number"));
        assert!(read("value = { hex = 'zz' }").unwrap_err().contains("no pair"));
        assert!(read("value = { hex = '+1' }").unwrap_err().contains("no pair"));
    }
}
