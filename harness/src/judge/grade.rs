//! How hard a breach may be graded (`requirements-notes.md`, the rule for the field `basis`).

use scopecheck_reports::Grade;
use scopecheck_scenarios::model::{Basis, GradeWord, Requirement};

/// What was broken.
#[derive(Debug, Clone, Copy)]
pub enum Breach<'a> {
    /// A statement of a standard.
    Requirement(&'a Requirement),
    /// A contract of a system, asked under its profile only.
    Contract,
}

/// The grade of a breach: `fail` only for a MUST that stands in the text, or where rights grow.
pub fn breach_grade(breach: Breach<'_>, gain: bool, milder: Option<GradeWord>) -> Grade {
    let hardest = match breach {
        Breach::Contract => Grade::Fail,
        Breach::Requirement(_) if gain => Grade::Fail,
        Breach::Requirement(requirement) if requirement.level.is_must() => match requirement.basis {
            Basis::Explicit | Basis::Plain => Grade::Fail,
            Basis::Derived | Basis::Convention => Grade::Warn,
        },
        Breach::Requirement(requirement) if requirement.level == scopecheck_scenarios::model::Level::May => {
            Grade::Observed
        }
        Breach::Requirement(_) => Grade::Warn,
    };
    match milder.map(word) {
        Some(grade) if grade.severity_rank() < hardest.severity_rank() => grade,
        _ => hardest,
    }
}

/// The grade that a case names.
pub(crate) fn word(word: GradeWord) -> Grade {
    match word {
        GradeWord::Pass => Grade::Pass,
        GradeWord::Warn => Grade::Warn,
        GradeWord::Fail => Grade::Fail,
        GradeWord::Observed => Grade::Observed,
    }
}
