//! Named flows: steps that many cases share.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Step, Word};

/// A named flow, `scenarios/flows/<id>.toml`. A value that is exactly `{flow.scope}` or `{flow.client}` passes on what the step with
/// `use` says, absent included; inner steps name each other as they do in a case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Flow {
    /// The name that `use` gives.
    pub id: Word,
    /// One sentence.
    pub title: String,
    /// What is done, in this order, until a step is refused.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}
