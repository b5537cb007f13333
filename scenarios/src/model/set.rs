//! Sets of scopes: literal, or a function of a step.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Text, Word};

/// A set of scopes: exactly one word.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SetRef {
    /// A literal set, space-separated; it may hold placeholders.
    pub scope: Option<Text>,
    /// What the step asked for.
    pub requested: Option<Word>,
    /// What the token response (or the challenge's answer) said.
    pub response: Option<Word>,
    /// What the token's own claim says.
    pub claimed: Option<Word>,
    /// What introspection says.
    pub introspected: Option<Word>,
    /// What the challenge named.
    pub challenged: Option<Word>,
    /// What applies: introspected, else claimed, else the response, else (where the response is silent) what was asked for.
    pub granted: Option<Word>,
    /// What the answer to a registration (or its read-back) said; of a client's authorization request, what the server that it went to has registered
    /// for this client.
    pub registered: Option<Word>,
    /// What the metadata document lists in `scopes_supported`.
    pub supported: Option<Word>,
    /// What other authorization servers of the resource list in `scopes_supported`, and the one that the request of a client went to does not.
    pub supported_elsewhere: Option<Word>,
    /// The words of the error that a run of a client ended with: standard error from the last line on that begins with `error`, without punctuation and URLs.
    pub told: Option<Word>,
    /// What a run of a client shows as granted: the members `scopes` of the JSON on standard output.
    pub shown: Option<Word>,
}

/// The functions of [`SetRef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "explained at the fields of `SetRef`")]
pub enum SetFunction {
    Requested,
    Response,
    Claimed,
    Introspected,
    Challenged,
    Granted,
    Registered,
    Supported,
    SupportedElsewhere,
    Told,
    Shown,
}

impl SetFunction {
    /// The word as it is written in a case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Response => "response",
            Self::Claimed => "claimed",
            Self::Introspected => "introspected",
            Self::Challenged => "challenged",
            Self::Granted => "granted",
            Self::Registered => "registered",
            Self::Supported => "supported",
            Self::SupportedElsewhere => "supported-elsewhere",
            Self::Told => "told",
            Self::Shown => "shown",
        }
    }
}

impl SetRef {
    /// The functions of a step that are set.
    pub fn functions(&self) -> Vec<(SetFunction, &Word)> {
        [
            (SetFunction::Requested, &self.requested),
            (SetFunction::Response, &self.response),
            (SetFunction::Claimed, &self.claimed),
            (SetFunction::Introspected, &self.introspected),
            (SetFunction::Challenged, &self.challenged),
            (SetFunction::Granted, &self.granted),
            (SetFunction::Registered, &self.registered),
            (SetFunction::Supported, &self.supported),
            (SetFunction::SupportedElsewhere, &self.supported_elsewhere),
            (SetFunction::Told, &self.told),
            (SetFunction::Shown, &self.shown),
        ]
        .into_iter()
        .filter_map(|(function, step)| step.as_ref().map(|step| (function, step)))
        .collect()
    }
}
