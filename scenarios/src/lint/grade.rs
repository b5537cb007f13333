//! Who may fail: a false alarm costs more trust than a miss.

use super::place::Place;
use crate::{
    catalog::Catalog,
    model::{Basis, Check, GradeWord, Word},
};

pub(super) fn lint(catalog: &Catalog, check: &Check, place: &mut Place<'_>) {
    if check.grade.is_some() && check.expect.is_none() {
        place.wrong(
            &place.key(&check.id, "grade"),
            "`grade` goes with `expect` only",
            "a table gives a grade in each row",
        );
    }
    if check.contract.is_some() || check.gain {
        return;
    }
    if check.grade == Some(GradeWord::Fail)
        && let Some(why) = too_weak(catalog, check.requirement.as_ref())
    {
        place.wrong(&place.key(&check.id, "grade"), format!("`fail` is too hard: {why}"), HELP);
    }
    for row in &check.outcomes {
        // The bound of retries is ours to fail (`design.md` section 2), whatever the level of the sentence that asks for one.
        let bound = check.outcomes.iter().any(|row| row.count.is_some());
        let fails = row.grade.iter().chain(&row.r#else).any(|spec| spec.default == GradeWord::Fail);
        if bound || !fails {
            continue;
        }
        if let Some(why) = too_weak(catalog, row.requirement.as_ref().or(check.requirement.as_ref())) {
            let span = match (&row.is, &row.requirement) {
                (Some(list), _) => list.0.first().map_or(check.id.span.clone(), |word| word.span.clone()),
                (None, _) => place.key(&check.id, "outcomes"),
            };
            place.wrong(&span, format!("`fail` is too hard for this row: {why}"), HELP);
        }
    }
}

const HELP: &str =
    "write `warn`, name the requirement that is really broken, or `gain = true` where rights grow";

/// Why a breach of this requirement may not fail; unknown ones are reported elsewhere.
fn too_weak(catalog: &Catalog, word: Option<&Word>) -> Option<String> {
    let requirement = catalog.requirements.get(word?.as_str())?;
    let id = &requirement.id;
    if requirement.basis == Basis::Derived {
        return Some(format!("`{id}` is our own inference (basis `derived`)"));
    }
    (!requirement.level.is_must()).then(|| format!("`{id}` is a {}", requirement.level.as_str()))
}
