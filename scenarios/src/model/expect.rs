//! What a check expects: one word and its operands.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::{SetRef, Text, Word};

/// What is expected: exactly one word, some of which need `is`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expect {
    /// The two lists are equal, order and repetition included.
    pub exactly: Option<Vec<SetRef>>,
    /// The sets are equal.
    pub same_set: Option<Vec<SetRef>>,
    /// The first set contains the second.
    pub contains: Option<Vec<SetRef>>,
    /// The first set lies within the second.
    pub within: Option<Vec<SetRef>>,
    /// The two sets share nothing.
    pub disjoint: Option<Vec<SetRef>>,
    /// `is` equals one of these sets.
    pub one_of: Option<Vec<SetRef>>,
    /// The inner expectation does not hold.
    pub not: Option<Box<Expect>>,
    /// The field `step.field` is missing.
    pub absent: Option<Word>,
    /// The field `step.field` is there.
    pub present: Option<Word>,
    /// The HTTP status of the step named in `is` is one of these.
    pub status: Option<StatusSpec>,
    /// The texts are equal, octet by octet.
    pub same_text: Option<Vec<Text>>,
    /// The field is a JSON string that follows the grammar of RFC 6749 section 3.3; an absent field follows it too.
    pub grammar: Option<Word>,
    /// The field has this JSON type; an absent field has any.
    pub json_type: Option<TypeSpec>,
    /// Every octet of the field is one of 0x20-0x21, 0x23-0x5B, 0x5D-0x7E (RFC 6749 section 4.1.2.1); an absent field is too.
    pub error_text: Option<Word>,
    /// The steps ended in the same error code, or in the same granted set.
    pub same_outcome: Option<Vec<Word>>,
    /// What `one-of` and `status` judge: a set, or the id of a step.
    pub is: Option<IsRef>,
}

impl Expect {
    /// The words that are set, in the order of the vocabulary; an expectation that lints has exactly one.
    pub fn words(&self) -> Vec<&'static str> {
        let all = [
            ("exactly", self.exactly.is_some()),
            ("same-set", self.same_set.is_some()),
            ("contains", self.contains.is_some()),
            ("within", self.within.is_some()),
            ("disjoint", self.disjoint.is_some()),
            ("one-of", self.one_of.is_some()),
            ("not", self.not.is_some()),
            ("absent", self.absent.is_some()),
            ("present", self.present.is_some()),
            ("status", self.status.is_some()),
            ("same-text", self.same_text.is_some()),
            ("grammar", self.grammar.is_some()),
            ("json-type", self.json_type.is_some()),
            ("error-text", self.error_text.is_some()),
            ("same-outcome", self.same_outcome.is_some()),
        ];
        all.into_iter().filter(|(_, set)| *set).map(|(word, _)| word).collect()
    }
}

/// A field and the JSON type that it must have.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TypeSpec {
    /// `step.field`.
    pub of: Word,
    /// `string`, `array`, `object`, `number`, `boolean` or `null`.
    pub is: Word,
}

/// What `is` names: the id of a step, or a set.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "a case holds a handful; a box would only be in the way of matching"
)]
pub enum IsRef {
    /// The id of a step.
    Step(Word),
    /// A set.
    Set(SetRef),
}

/// [`IsRef`] without its place.
#[expect(clippy::large_enum_variant, reason = "lives for a moment while a file is read")]
enum BareIs {
    Step(String),
    Set(SetRef),
}

struct BareIsVisitor;

impl<'de> Visitor<'de> for BareIsVisitor {
    type Value = BareIs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a step, or a set such as { granted = \"go\" }")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<BareIs, E> {
        Ok(BareIs::Step(value.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<BareIs, A::Error> {
        // The map is handed on as it comes: a detour over `toml::Value` would lose the places of its words.
        SetRef::deserialize(MapAccessDeserializer::new(map)).map(BareIs::Set)
    }
}

impl<'de> Deserialize<'de> for BareIs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BareIsVisitor)
    }
}

impl<'de> Deserialize<'de> for IsRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<BareIs>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(match spanned.into_inner() {
            BareIs::Step(value) => Self::Step(Word { value, span }),
            BareIs::Set(set) => Self::Set(set),
        })
    }
}

impl JsonSchema for IsRef {
    fn schema_name() -> Cow<'static, str> {
        "Is".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let set = generator.subschema_for::<SetRef>();
        json_schema!({ "description": "The id of a step, or a set.", "oneOf": [{ "type": "string" }, set] })
    }
}

/// One status or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusSpec(pub Vec<u16>);

impl<'de> Deserialize<'de> for StatusSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = |value: &toml::Value| {
            value
                .as_integer()
                .and_then(|status| u16::try_from(status).ok())
                .filter(|status| (100..1000).contains(status))
                .ok_or_else(|| D::Error::custom("expected an HTTP status such as 400, or an array of them"))
        };
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Array(values) => values.iter().map(number).collect::<Result<_, _>>().map(Self),
            value => number(&value).map(|status| Self(vec![status])),
        }
    }
}

impl JsonSchema for StatusSpec {
    fn schema_name() -> Cow<'static, str> {
        "Status".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "oneOf": [{ "type": "integer" }, { "type": "array", "items": { "type": "integer" } }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(text: &str) -> Result<Expect, String> {
        toml::from_str::<Expect>(text).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn is_names_a_step_or_a_set_and_keeps_its_place() {
        let step = expect("status = 200\nis = 'again'").unwrap().is;
        assert!(matches!(step, Some(IsRef::Step(word)) if word.value == "again" && word.span == (18..25)));
        let set = expect("one-of = []\nis = { requested = 'two' }").unwrap().is;
        assert!(
            matches!(set, Some(IsRef::Set(SetRef { requested: Some(word), .. })) if word.span == (31..36))
        );
        assert!(expect("is = { reqested = 'two' }").unwrap_err().starts_with("unknown field `reqested`"));
        assert!(expect("is = 3").unwrap_err().contains("expected the id of a step, or a set"));
    }
}
