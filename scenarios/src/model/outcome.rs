//! The rows of outcome tables.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor, value::SeqAccessDeserializer},
};

use super::{GradeSpec, Word};

/// A row of an outcome table.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutcomeRow {
    /// Patterns of outcomes: `exact`, `*+unsaid`, `refused:invalid_scope`, `refused:*`.
    pub is: Option<WordList>,
    /// The last row: what nothing else matched.
    pub r#else: Option<GradeSpec>,
    /// The grade where the row matches.
    pub grade: Option<GradeSpec>,
    /// The name under which an `observed` behaviour is recorded and can be pinned.
    pub name: Option<String>,
    /// The requirement that this row judges, where it is not the check's.
    pub requirement: Option<Word>,
    /// Count these recorded requests instead of naming an outcome (client cases).
    pub count: Option<Word>,
    /// The largest count that the row accepts.
    pub at_most: Option<u64>,
}

/// One string or an array of strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordList(pub Vec<Word>);

/// [`WordList`] without the place of a single string.
enum BareWords {
    One(String),
    Many(Vec<Word>),
}

struct BareWordsVisitor;

impl<'de> Visitor<'de> for BareWordsVisitor {
    type Value = BareWords;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an array of strings")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<BareWords, E> {
        Ok(BareWords::One(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<BareWords, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(BareWords::Many)
    }
}

impl<'de> Deserialize<'de> for BareWords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BareWordsVisitor)
    }
}

impl<'de> Deserialize<'de> for WordList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<BareWords>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(Self(match spanned.into_inner() {
            BareWords::One(value) => vec![Word { value, span }],
            BareWords::Many(words) => words,
        }))
    }
}

impl JsonSchema for WordList {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GradeWord;

    #[test]
    fn a_list_of_words_may_be_one_word_and_each_keeps_its_place() {
        let one: OutcomeRow = toml::from_str("is = 'exact'").unwrap();
        assert_eq!(one.is.unwrap().0[0].span, 5..12);
        let two: OutcomeRow = toml::from_str("is = ['exact', 'none']").unwrap();
        assert_eq!(two.is.unwrap().0[1].span, 15..21);
    }

    #[test]
    fn the_first_selected_profile_gives_the_grade() {
        let row: OutcomeRow = toml::from_str("grade = { default = 'pass', oidc = 'warn' }").unwrap();
        let grade = row.grade.unwrap();
        assert_eq!(grade.under::<&str>(&[]), GradeWord::Pass);
        assert_eq!(grade.under(&["dcr", "oidc"]), GradeWord::Warn);
    }
}
