//! What a kill matrix says.

use std::collections::BTreeMap;

use scopecheck_reference::faults::{FaultInfo, Standing};
use scopecheck_reports::Grade;

use crate::script::Proof;

/// What the checks of one run ended in, by `case#slug`: the worst over rows and variants.
pub type Verdicts = BTreeMap<String, Grade>;

/// What a fault turned red.
#[derive(Debug, Clone)]
pub struct Killed {
    /// The fault.
    pub info: &'static FaultInfo,
    /// What was seen.
    pub seen: Standing,
    /// The checks that failed or warned and do not without the fault.
    pub red: Verdicts,
}

/// The whole matrix.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// The verdicts without any fault.
    pub honest: Verdicts,
    /// One row for each fault that was run.
    pub faults: Vec<Killed>,
    /// One row for each script.
    pub scripts: Vec<Proof>,
    /// Checks of vectors and laws that a library turned red which answers wrongly on purpose.
    pub contrary: Verdicts,
    /// What is wrong with the suite, a line each.
    pub problems: Vec<String>,
}

/// Keeps the worst grade; among the green ones, that a check passed somewhere counts more than that it did not apply.
pub fn merge(verdicts: &mut Verdicts, check: &str, grade: Grade) {
    let kept = verdicts.entry(check.to_owned()).or_insert(grade);
    if grade.severity_rank() > kept.severity_rank() {
        *kept = grade;
    }
}

/// What a fault turned red, against the verdicts without it.
pub(super) fn killed(info: &'static FaultInfo, verdicts: Verdicts, honest: Option<&Verdicts>) -> Killed {
    let mut red = Verdicts::new();
    let mut seen = Standing::Planned;
    for (check, grade) in verdicts {
        let was = honest.and_then(|honest| honest.get(&check));
        if matches!(grade, Grade::Fail | Grade::Warn) && was != Some(&grade) {
            seen = match (grade, seen) {
                (Grade::Fail, _) | (_, Standing::Proven) => Standing::Proven,
                _ => Standing::Warned,
            };
            merge(&mut red, &check, grade);
        }
    }
    Killed { info, seen, red }
}
