//! Deviations that the author of a library knows and accepts, each with a reason.

use std::panic::Location;

use indexmap::IndexMap;

use crate::{
    expected::{Entry, ListedGrade},
    filter::Glob,
};

/// The entry for a case or a check, `case` or `case#check`, either with `*` and `?`. A mistake in it is the error.
pub(super) fn entry(grade: ListedGrade, id: &str, reason: &str, at: &Location<'_>) -> Result<Entry, String> {
    if reason.trim().is_empty() {
        return Err(format!(
            "the known deviation `{id}` has no reason, and excuses nothing\nhelp: say in a sentence why it is accepted"
        ));
    }
    let (case, check) = match id.split_once('#') {
        Some((case, check)) => (case, Some(check)),
        None => (id, None),
    };
    Ok(Entry {
        case: Glob::new(case),
        check: check.map(Glob::new),
        variant: IndexMap::new(),
        grade,
        reason: reason.to_owned(),
        issue: None,
        owner: None,
        expires: None,
        line: usize::try_from(at.line()).unwrap_or_default(),
    })
}
