//! Whether every check is proven: turned red by something, and green on something that conforms.

use std::collections::BTreeSet;

use scopecheck_reports::Grade;
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Check, Flag, GradeSpec, GradeWord},
};

use super::Matrix;
use crate::library::Rule;

/// Checks that nothing turns red, or nothing leaves green, a line each.
pub(super) fn unproven(catalog: &Catalog, matrix: &Matrix) -> Vec<String> {
    let mut red: BTreeSet<String> =
        matrix.faults.iter().flat_map(|killed| killed.red.keys().cloned()).collect();
    red.extend(
        matrix
            .contrary
            .iter()
            .filter(|(_, grade)| matches!(grade, Grade::Fail | Grade::Warn))
            .map(|(check, _)| check.clone()),
    );
    let mut green: BTreeSet<String> = matrix
        .honest
        .iter()
        .filter(|(_, grade)| matches!(grade, Grade::Pass | Grade::Observed))
        .map(|(check, _)| check.clone())
        .collect();
    for proof in &matrix.scripts {
        let case = proof.name.split(" / ").next().unwrap_or_default();
        red.extend(proof.red.iter().map(|slug| format!("{case}#{slug}")));
        green.extend(proof.green.iter().map(|slug| format!("{case}#{slug}")));
    }
    let mut problems = Vec::new();
    for loaded in catalog.cases.values() {
        for check in &loaded.case.checks {
            let name = format!("{}#{}", loaded.case.id, check.id);
            if can_be_red(&loaded.case, check) && !red.contains(&name) {
                problems.push(format!("`{name}` is turned red by no fault and no script: it is not proven"));
            }
            if !green.contains(&name) {
                problems.push(format!("`{name}` is green on no conforming subject: it may be a false alarm"));
            }
        }
    }
    problems
}

/// A check that only records behaviours cannot be broken.
fn can_be_red(case: &Case, check: &Check) -> bool {
    if let Some(vector) = &case.vector {
        return !vector.is(Flag::Open) || !vector.not_ok.0.is_empty();
    }
    if case.law.is_some() || case.dialect.is_some() {
        return true;
    }
    if let Some(rule) = &case.protocol {
        // Silence is blocked: nothing is known about the library then.
        return rule.as_str() != Rule::Time.word();
    }
    let grades = |grade: &GradeSpec| {
        matches!(grade.default, GradeWord::Fail | GradeWord::Warn)
            || grade.profiles.values().any(|grade| matches!(grade, GradeWord::Fail | GradeWord::Warn))
    };
    let rows = || check.outcomes.iter().flat_map(|row| row.grade.iter().chain(&row.r#else));
    let expects = check.expect.is_some() && check.grade != Some(GradeWord::Observed);
    expects || rows().any(grades)
}
