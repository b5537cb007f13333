//! JSON text inside a file, kept as it was written.

use std::{borrow::Cow, collections::HashSet, fmt, ops::Range};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::Word;

/// JSON text with its place in the file.
///
/// The text is kept, not only its value, because a value cannot say everything that text can: duplicate members, the exact escapes of a
/// string, a number that no reader can hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Json(pub Word);

impl Json {
    /// JSON text that stands in no file.
    pub fn made(text: impl Into<String>) -> Self {
        Self(Word::made(text))
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        self.0.as_str()
    }

    /// Bytes of the file, quotes included.
    pub fn span(&self) -> &Range<usize> {
        &self.0.span
    }

    /// The value of the text; `None` where it is no JSON, or JSON that a value cannot hold (a lone surrogate, `1e999`). Of a repeated
    /// member the last one is kept.
    pub fn value(&self) -> Option<Value> {
        serde_json::from_str(self.text()).ok()
    }

    /// The value of the text where it says all that the text says; `None` also where a member is repeated.
    pub fn exact_value(&self) -> Option<Value> {
        serde_json::from_str::<Unrepeated>(self.text()).ok()?;
        self.value()
    }

    /// Why the text is no JSON at all; what a value cannot hold is still JSON.
    pub fn mistake(&self) -> Option<String> {
        serde_json::from_str::<IgnoredAny>(self.text()).err().map(|error| error.to_string())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Word::deserialize(deserializer).map(Self)
    }
}

impl JsonSchema for Json {
    fn schema_name() -> Cow<'static, str> {
        "Json".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "contentMediaType": "application/json",
            "description": "JSON text in a literal string: '{\"text\":\"a b\"}'.",
        })
    }
}

/// JSON in which no object has a member twice.
struct Unrepeated;

struct UnrepeatedVisitor;

impl<'de> Deserialize<'de> for Unrepeated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UnrepeatedVisitor)
    }
}

impl<'de> Visitor<'de> for UnrepeatedVisitor {
    type Value = Unrepeated;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without repeated members")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Unrepeated, E> {
        Ok(Unrepeated)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unrepeated, E> {
        Ok(Unrepeated)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unrepeated, E> {
        Ok(Unrepeated)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unrepeated, E> {
        Ok(Unrepeated)
    }

    fn visit_str<E>(self, _: &str) -> Result<Unrepeated, E> {
        Ok(Unrepeated)
    }

    fn visit_unit<E>(self) -> Result<Unrepeated, E> {
        Ok(Unrepeated)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Unrepeated, A::Error> {
        while seq.next_element::<Unrepeated>()?.is_some() {}
        Ok(Unrepeated)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unrepeated, A::Error> {
        let mut seen = HashSet::new();
        while let Some((name, Unrepeated)) = map.next_entry::<String, Unrepeated>()? {
            if !seen.insert(name) {
                return Err(A::Error::custom("a member is repeated"));
            }
        }
        Ok(Unrepeated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_no_value_can_hold_is_still_json() {
        for text in [r#"{"a":"\ud800"}"#, r#"{"a":1e999}"#, r#"{"a":1,"a":2}"#] {
            assert_eq!(Json::made(text).mistake(), None, "{text}");
        }
        assert_eq!(Json::made(r#"{"a":1e999}"#).value(), None);
        assert!(Json::made("{'a':1}").mistake().is_some());
    }

    #[test]
    fn a_value_is_exact_where_no_member_is_repeated() {
        assert!(Json::made(r#"{"a":[1,-1,1.5,null,true,{"b":"c"}],"b":1}"#).exact_value().is_some());
        for text in [r#"{"a":1,"a":1}"#, r#"[{"b":{"a":1,"\u0061":2}}]"#] {
            assert_eq!(Json::made(text).exact_value(), None, "{text}");
            assert!(Json::made(text).value().is_some(), "{text}");
        }
    }
}
