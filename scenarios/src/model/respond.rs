//! Standing rules of the scripted world that clients are tested in.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Text, Word};

/// How one endpoint of the scripted world answers for the whole case (`design.md` section 5.1).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Respond {
    /// `resource`, `metadata`, `registration`, `authorization` or `token`.
    pub to: Word,
    /// Operation to required scope; 401 and 403 with a challenge follow from the token's grant.
    #[serde(default)]
    pub requires: IndexMap<String, String>,
    /// Scopes that are left out of every grant.
    pub drop: Option<Text>,
    /// Whether the token response says what was granted.
    pub echo: Option<bool>,
    /// The claim of a JWT that tells the truth: `scope` or `scp`.
    pub claim: Option<Word>,
}
