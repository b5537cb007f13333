//! What the judge looks at: the recorded answers of the steps.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{Outcome, Scopes};

/// The steps of an instance that were reached, by id.
pub type Answers = IndexMap<String, StepState>;

/// What became of a step.
#[derive(Debug, Clone)]
pub enum StepState {
    /// It was done.
    Ran(Box<Answer>),
    /// It could not be done, or does not apply.
    Missed(Missed),
}

/// Why a step was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Whether the step does not apply (`n/a`), or applies but could not be exercised (`blocked`).
    pub kind: MissedKind,
    /// What is missing, in a sentence.
    pub why: String,
}

/// The two kinds of a step that was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissedKind {
    /// A capability is missing.
    NotApplicable,
    /// It applies, but could not be exercised.
    Blocked,
}

impl Missed {
    /// A step that does not apply.
    pub fn not_applicable(why: impl Into<String>) -> Self {
        Self { kind: MissedKind::NotApplicable, why: why.into() }
    }

    /// A step that could not be exercised.
    pub fn blocked(why: impl Into<String>) -> Self {
        Self { kind: MissedKind::Blocked, why: why.into() }
    }
}

/// The recorded answer of a step.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The verb.
    pub verb: &'static str,
    /// What became of it.
    pub outcome: Outcome,
    /// What was seen, with the exchange that shows it.
    pub events: Vec<Event>,
    /// Fields that strings can name as `step.field`; `body`, `claims`, `header` and `introspection` are objects.
    pub fields: Map<String, Value>,
    /// What was asked for; `None` where no scope was sent (or a valueless one).
    pub requested: Option<Scopes>,
    /// What the access token's claim says.
    pub claimed: Option<Scopes>,
    /// What introspection says.
    pub introspected: Option<Scopes>,
    /// What applies.
    pub effective: Option<Scopes>,
    /// Why it ended so, where the outcome alone does not tell.
    pub note: Option<&'static str>,
    /// The exchanges of the step, as indices into the instance's record.
    pub exchanges: std::ops::Range<usize>,
    /// The requests of a client's run, by `authorize.first`, `authorize.last` and so on; empty for every other verb.
    pub requests: Answers,
    /// How many requests of each kind a client's run sent; empty for every other verb.
    pub counts: IndexMap<&'static str, u64>,
}

/// Something that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// A word of the vocabulary.
    pub name: &'static str,
    /// The exchange that shows it.
    pub exchange: Option<usize>,
    /// The same in a few words.
    pub detail: String,
}

impl Answer {
    /// An answer that decides no scope.
    pub fn plain(
        verb: &'static str,
        outcome: Outcome,
        events: Vec<Event>,
        fields: Map<String, Value>,
    ) -> Self {
        Self {
            verb,
            outcome,
            events,
            fields,
            requested: None,
            claimed: None,
            introspected: None,
            effective: None,
            note: None,
            exchanges: 0..0,
            requests: Answers::new(),
            counts: IndexMap::new(),
        }
    }

    /// The outcome with its note, for a sentence.
    pub fn ended(&self) -> String {
        match self.note {
            Some(note) => format!("`{}`: {note}", self.outcome),
            None => format!("`{}`", self.outcome),
        }
    }

    /// The value of a field: `scope`, `body.scope`.
    pub fn field(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.fields.get(*first)?, |value, name| match value {
            Value::Array(items) => name.parse::<usize>().ok().and_then(|index| items.get(index)),
            other => other.get(name),
        })
    }

    /// A field as text: a string as it is, any other JSON value as JSON.
    pub fn text(&self, path: &[&str]) -> Option<String> {
        self.field(path).map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }
}
