//! All rules over all files.

use std::path::Path;

use super::{check, header, library, lock, place::Place, rows, scope::Scope, script, standing, step};
use crate::{catalog::Catalog, error::FileError, model::Subject};

/// Every mistake, in the order of the files and, within one, of the lines.
pub fn lint(catalog: &Catalog) -> Vec<FileError> {
    let mut errors = Vec::new();
    for loaded in catalog.cases.values() {
        let mut place = Place::new(&loaded.source);
        if loaded.case.subject == Subject::Library {
            library::lint(catalog, &loaded.case, &mut place);
            errors.extend(place.errors);
            continue;
        }
        let scope = Scope::of_case(catalog, &loaded.case);
        header::lint(catalog, &loaded.case, &mut place);
        rows::lint(&loaded.case, &scope, &mut place);
        step::lint(&scope, &loaded.case.steps, &mut place);
        check::lint(catalog, &loaded.case, &scope, &mut place);
        errors.extend(place.errors);
        if let Some(source) = &loaded.scripts_source {
            let mut place = Place::new(source);
            script::lint(catalog, loaded, &mut place);
            errors.extend(place.errors);
        }
    }
    errors.extend(step::lint_flows(catalog));
    errors.extend(script::lint_bases(catalog));
    let complete = errors.is_empty() && catalog.broken.is_empty();
    errors.extend(standing::lint(catalog, complete));
    errors.extend(lock::lint(catalog));
    errors.sort_by(|a, b| (&a.path, a.span.start).cmp(&(&b.path, b.span.start)));
    errors.dedup();
    errors
}

/// Every mistake of a folder: what cannot be read, and the rules over what can.
pub fn lint_dir(folder: &Path) -> Vec<FileError> {
    let (catalog, mut errors) = Catalog::from_dir_with_errors(folder);
    errors.extend(lint(&catalog));
    errors.sort_by(|a, b| (&a.path, a.span.start).cmp(&(&b.path, b.span.start)));
    errors
}
