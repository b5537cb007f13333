//! An outcome table in words.

use scopecheck_scenarios::model::{GradeSpec, GradeWord, OutcomeRow, Word};

/// Each row as the grade that it gives, and what it gives it to.
pub(super) fn describe(rows: &[OutcomeRow]) -> Vec<(&'static str, String)> {
    rows.iter()
        .filter_map(|row| {
            let spec = row.r#else.as_ref().or(row.grade.as_ref())?;
            Some((word(spec.default), format!("{}{}", condition(row), remarks(row, spec))))
        })
        .collect()
}

fn condition(row: &OutcomeRow) -> String {
    let patterns = row.is.iter().flat_map(|list| &list.0).map(Word::as_str).collect::<Vec<_>>().join(", ");
    match (&row.count, row.at_most) {
        (Some(what), Some(most)) => format!("at most {most} of {what}"),
        (None, Some(most)) => format!("at most {most}"),
        _ if row.r#else.is_some() => "anything else".to_owned(),
        _ => patterns,
    }
}

fn remarks(row: &OutcomeRow, spec: &GradeSpec) -> String {
    let mut remarks: Vec<String> = row.name.iter().map(|name| format!("recorded as `{name}`")).collect();
    remarks.extend(
        spec.profiles.iter().map(|(profile, grade)| format!("{} with the profile {profile}", word(*grade))),
    );
    remarks.extend(row.requirement.iter().map(|id| format!("by {id}")));
    if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) }
}

fn word(grade: GradeWord) -> &'static str {
    match grade {
        GradeWord::Pass => "pass",
        GradeWord::Warn => "warn",
        GradeWord::Fail => "fail",
        GradeWord::Observed => "observed",
    }
}
