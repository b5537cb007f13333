//! The checks of a case: what is judged, by which requirement, and on what evidence.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Expect, GradeWord, OutcomeRow, Word};

/// One verdict inside a case, tied to one requirement or contract.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Check {
    /// The slug, the same whether the check passes or fails.
    pub id: Word,
    /// The requirement that is judged (`scenarios/requirements/`).
    pub requirement: Option<Word>,
    /// The contract of one of the two systems that is judged (`scenarios/contracts.toml`); only under a profile of that system.
    pub contract: Option<Word>,
    /// `step.event`: without this recorded event there is no verdict but `blocked`.
    pub witness: Word,
    /// The id of a step that must have been accepted, else `blocked`.
    pub control: Option<Word>,
    /// The id of a step whose scope must have been refused or left out, else the server is free-form and rights cannot grow.
    pub contrast: Option<Word>,
    /// Rights grow where the check is broken: it may fail whatever the basis of the requirement.
    #[serde(default)]
    pub gain: bool,
    /// Has to turn red in the counter-case.
    #[serde(default)]
    pub counter: bool,
    /// Capabilities that this check needs beyond those of its case.
    #[serde(default)]
    pub needs: Vec<Word>,
    /// Rows that the check applies to; empty means all.
    #[serde(default)]
    pub rows: Vec<Word>,
    /// What is expected; a breach is graded by the requirement, or by `grade`.
    pub expect: Option<Expect>,
    /// The step whose outcome the table of `outcomes` judges.
    pub of: Option<Word>,
    /// The outcome table: the first row that matches gives the grade.
    #[serde(default)]
    pub outcomes: Vec<OutcomeRow>,
    /// The grade of a breach of `expect`, where it is milder than the requirement allows.
    pub grade: Option<GradeWord>,
    /// One sentence for whoever has to mend it: what to look for.
    pub hint: Option<String>,
}
