//! The header of a case and its rows.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::{Check, Respond, Step, Text, Vector, Word};

/// One stimulus with its checks: one file `scenarios/cases/<area>/<topic>/<slug>.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// `area/topic/slug`, the same as the path of the file; hand-given and never reused.
    pub id: Word,
    /// One sentence that says what a conforming subject does.
    pub title: String,
    /// The kind of subject that the case is put to.
    pub subject: Subject,
    /// What a user of a subject that fails loses.
    pub impact: Impact,
    /// Why the case exists, where the title does not say it.
    #[serde(default)]
    pub why: Option<String>,
    /// Capabilities without which the case does not apply (`n/a`).
    #[serde(default)]
    pub needs: Vec<Word>,
    /// The case is selected only where one of these profiles is; empty means always.
    #[serde(default)]
    pub profiles: Vec<Word>,
    /// Declared axes: the case is run once for each combination.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, Vec<String>>")]
    pub axes: IndexMap<String, Vec<Word>>,
    /// Free words to select by: `--filter 'tag(x)'`.
    #[serde(default)]
    pub tags: Vec<Word>,
    /// Public threads or contract ids that the case comes from.
    #[serde(default)]
    pub origin: Vec<String>,
    /// `fresh`: the case registers a client of its own; `none`: it needs no client. Without it, the client of the variant is shared.
    #[serde(default)]
    pub client: Option<Word>,
    /// A second table of the same target, with the feature off: checks marked `counter = true` have to turn red there.
    #[serde(default)]
    pub counter: Option<Word>,
    /// The scenario name that fixtures of the MCP conformance suite are told.
    #[serde(default)]
    pub mcp_scenario: Option<String>,
    /// Scopes that the application asks for at every login, with a space between two: the client is told in its context (client cases).
    #[serde(default)]
    pub default_scope: Option<Text>,
    /// The law that generated inputs are put to (library cases); such a case has no steps.
    #[serde(default)]
    pub law: Option<Word>,
    /// The rule of the adapter protocol that the conduct of an adapter is judged by (library cases); such a case has no steps.
    #[serde(default)]
    pub protocol: Option<Word>,
    /// The point of the declared dialect that is judged (library cases); such a case has no steps.
    #[serde(default)]
    pub dialect: Option<Word>,
    /// The vector that the case was made of when it was loaded; such a case has no steps and no file of its own.
    #[serde(skip)]
    pub vector: Option<Vector>,
    /// Rows of a table-driven case; all steps are run afresh for each.
    #[serde(default, rename = "row")]
    pub rows: Vec<Row>,
    /// Standing rules of the scripted world (client cases).
    #[serde(default)]
    pub respond: Vec<Respond>,
    /// What is done, in this order.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    /// What is judged.
    #[serde(default, rename = "check")]
    pub checks: Vec<Check>,
}

impl Case {
    /// Area and topic, `server/refresh` for `server/refresh/scope-parameter`.
    pub fn area(&self) -> &str {
        self.id.value.rsplit_once('/').map_or(self.id.as_str(), |(area, _)| area)
    }

    /// The step of that id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id.value == id)
    }

    /// The check of that slug.
    pub fn check(&self, slug: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id.value == slug)
    }
}

/// The kind of subject (`design.md`, opening table).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Code that parses, joins and decides on scopes.
    Library,
    /// An authorization server.
    Server,
    /// A resource server.
    Resource,
    /// An OAuth or MCP client.
    Client,
}

impl Subject {
    /// The word used in ids and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Server => "server",
            Self::Resource => "resource",
            Self::Client => "client",
        }
    }
}

/// What is lost where the case fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Impact {
    /// Somebody gets rights that nobody granted.
    Escalation,
    /// Somebody learns what is not theirs to know.
    Leak,
    /// Somebody is kept from what was granted.
    Denial,
    /// Two correct programs do not work together.
    Interop,
    /// A blemish.
    Cosmetic,
}

impl Impact {
    /// The word used in files and filters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Escalation => "escalation",
            Self::Leak => "leak",
            Self::Denial => "denial",
            Self::Interop => "interop",
            Self::Cosmetic => "cosmetic",
        }
    }
}

/// One row of a table-driven case: an id and values that the steps and checks name as `{row.KEY}`.
#[derive(Debug, Clone, JsonSchema)]
pub struct Row {
    /// Becomes part of the full id, `@row=narrower`.
    pub id: Word,
    /// The values. A key that a row leaves out is absent: the parameter that names it is not sent.
    #[schemars(with = "std::collections::BTreeMap<String, Text>")]
    #[schemars(flatten)]
    pub values: IndexMap<String, Text>,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut values = IndexMap::<String, Text>::deserialize(deserializer)?;
        let id = values.shift_remove("id").ok_or_else(|| D::Error::missing_field("id"))?;
        match id.kind {
            super::TextKind::One(value) => Ok(Self { id: Word { value, span: id.span }, values }),
            _ => Err(D::Error::custom("invalid type: the `id` of a row is a string")),
        }
    }
}
