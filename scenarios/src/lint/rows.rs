//! The rows of a case, and whether anything uses them.

use super::{
    ids::slug_problem,
    place::Place,
    scope::Scope,
    template::{self, Standpoint},
};
use crate::{
    model::{Case, Word},
    words::{placeholders_of_check, placeholders_of_step},
};

pub(super) fn lint(case: &Case, scope: &Scope<'_>, place: &mut Place<'_>) {
    for (number, row) in case.rows.iter().enumerate() {
        if let Some((message, help)) = slug_problem(&row.id.value, "row") {
            place.wrong(&row.id.span, message, help);
        }
        if case.rows[..number].iter().any(|earlier| earlier.id == row.id) {
            place.wrong(
                &row.id.span,
                format!("the row `{}` is there already", row.id),
                "give one of the two another id",
            );
        }
        for text in row.values.values() {
            template::lint(text, scope, Standpoint { before: 0, rows: &[], in_row: true }, place);
        }
    }
    unused(case, scope, place);
}

/// A key that no step and no check names changes nothing, so two rows would be the same.
fn unused(case: &Case, scope: &Scope<'_>, place: &mut Place<'_>) {
    let steps = case.steps.iter().flat_map(placeholders_of_step);
    let checks = case.checks.iter().flat_map(placeholders_of_check);
    let used: Vec<String> = steps
        .chain(checks)
        .filter(|placeholder| placeholder.path[0] == "row")
        .filter_map(|placeholder| placeholder.path.get(1).cloned())
        .collect();
    for key in &scope.row_keys {
        if used.iter().any(|name| name == key) {
            continue;
        }
        if let Some(row) = case.rows.iter().find(|row| row.values.contains_key(*key)) {
            place.wrong(
                &place.key(&row.id, key),
                format!("nothing uses the key `{key}` of the rows"),
                format!("write `{{row.{key}}}` into a step or check, or leave the key out"),
            );
        }
    }
}

/// `rows = [...]` of a step or check.
pub(super) fn named(rows: &[Word], scope: &Scope<'_>, place: &mut Place<'_>) {
    for (number, row) in rows.iter().enumerate() {
        if !place.unknown(row, "row", scope.rows.iter().copied()) && rows[..number].contains(row) {
            place.wrong(&row.span, format!("the row `{row}` is there already"), "say it once");
        }
    }
}
