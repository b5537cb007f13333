//! Vectors: one operation of a library with one input, and the answer that is expected.

use std::{borrow::Cow, fmt};

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor, value::SeqAccessDeserializer},
};

use super::{Impact, Json, Word};

/// A file of `scenarios/vectors/`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
    /// Its vectors.
    #[serde(rename = "vector")]
    pub vectors: Vec<Vector>,
}

/// One call of one operation with the answer that is expected: one table `[[vector]]`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Vector {
    /// `library/<topic>/<slug>`; unique among cases and vectors, never reused.
    pub id: Word,
    /// One sentence that says what a conforming library does.
    pub title: String,
    /// The requirement that is judged; or `contract`.
    pub requirement: Option<Word>,
    /// The contract that is judged; or `requirement`.
    pub contract: Option<Word>,
    /// What a user of a library that fails loses.
    pub impact: Impact,
    /// The operation (`design.md` section 5.2), or one of those that only the reference offers.
    pub op: Word,
    /// The input of the operation, a JSON object.
    pub input: Json,
    /// The only answer that is right. Members may come in any order, lists may not.
    pub ok: Option<Json>,
    /// One of these answers is right; with `rejected`, a refusal is, too.
    #[serde(default)]
    pub any_ok: Vec<Json>,
    /// None of these answers is right; any other is.
    #[serde(default)]
    pub not_ok: Answers,
    /// The input has to be refused; with `any-ok`, it may be.
    #[serde(default)]
    pub rejected: bool,
    /// The declared semantics under which this holds; a library that declares another value is not held to it.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub under: IndexMap<String, Word>,
    /// What is special about the vector.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// Why, where the title does not say it.
    pub note: Option<String>,
    /// Public threads, or ids of `contracts.md`, that the vector comes from.
    #[serde(default)]
    pub origin: Vec<String>,
    /// What is expected instead where one of these profiles is selected.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, Expected>")]
    pub profiles: IndexMap<String, Expected>,
}

/// What a profile expects instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expected {
    /// The only answer that is right.
    pub ok: Option<Json>,
    /// One of these answers is right; with `rejected`, a refusal is, too.
    #[serde(default)]
    pub any_ok: Vec<Json>,
    /// None of these answers is right; any other is.
    #[serde(default)]
    pub not_ok: Answers,
    /// The input has to be refused; with `any-ok`, it may be.
    #[serde(default)]
    pub rejected: bool,
}

impl Vector {
    /// What is expected where these profiles are selected: of the first one that the vector names, else of everybody.
    pub fn expected<S: AsRef<str>>(&self, profiles: &[S]) -> Cow<'_, Expected> {
        match profiles.iter().find_map(|profile| self.profiles.get(profile.as_ref())) {
            Some(instead) => Cow::Borrowed(instead),
            None => Cow::Owned(Expected {
                ok: self.ok.clone(),
                any_ok: self.any_ok.clone(),
                not_ok: self.not_ok.clone(),
                rejected: self.rejected,
            }),
        }
    }

    /// Whether the vector carries a flag.
    pub fn is(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}

/// What is special about a vector: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// The protocol leaves the answer open: what is answered is observed, only `not-ok` can fail.
    Open,
    /// A profile expects something else, because that system really differs.
    Quirk,
    /// The input is made to do harm.
    Hostile,
    /// A wrong answer endangers somebody.
    Security,
    /// A public bug, named in `origin`.
    History,
    /// Only the order is at stake: a breach warns unless the library declares that it keeps the order.
    Order,
    /// No text forbids a library to refuse the input, but its users lose by it: a refusal warns.
    Refusable,
}

impl Flag {
    /// Every flag, in the order of the documentation.
    pub const ALL: [Self; 7] =
        [Self::Open, Self::Quirk, Self::Hostile, Self::Security, Self::History, Self::Order, Self::Refusable];

    /// The word used in files and as a tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Quirk => "quirk",
            Self::Hostile => "hostile",
            Self::Security => "security",
            Self::History => "history",
            Self::Order => "order",
            Self::Refusable => "refusable",
        }
    }

    /// What it says of a vector, in one line.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Open => "the protocol leaves the answer open: it is observed, and only `not-ok` can fail",
            Self::Quirk => "a profile expects something else, because that system really differs",
            Self::Hostile => "the input is made to do harm",
            Self::Security => "a wrong answer endangers somebody",
            Self::History => "a public bug, named in `origin`",
            Self::Refusable => "no text forbids a refusal, but the users of the library lose by it: it warns",
            Self::Order => {
                "only the order is at stake: a breach warns unless the library declares `order = kept`"
            }
        }
    }
}

/// One answer, or a list of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(pub Vec<Json>);

/// The same before its place is known: [`toml::Spanned`] wraps it.
enum BareAnswers {
    One(String),
    Many(Vec<Json>),
}

struct AnswersVisitor;

impl<'de> Visitor<'de> for AnswersVisitor {
    type Value = BareAnswers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text in a string or an array of such strings")
    }

    fn visit_str<E>(self, text: &str) -> Result<BareAnswers, E> {
        Ok(BareAnswers::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<BareAnswers, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(BareAnswers::Many)
    }
}

impl<'de> Deserialize<'de> for BareAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswersVisitor)
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<BareAnswers>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(Self(match spanned.into_inner() {
            BareAnswers::One(value) => vec![Json(Word { value, span })],
            BareAnswers::Many(many) => many,
        }))
    }
}

impl JsonSchema for Answers {
    fn schema_name() -> Cow<'static, str> {
        "Answers".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}
