//! What is put to libraries: headers of laws, and what laws and vectors have in common.

use super::{header, place::Place, vector};
use crate::{
    catalog::Catalog,
    laws,
    model::{Case, Check, Subject, Word},
};

/// What the only check of a law rests on.
const LAW_WITNESS: &str = "law.answered";

pub(super) fn lint(catalog: &Catalog, case: &Case, place: &mut Place<'_>) {
    if let Some(made_of) = &case.vector {
        vector::lint(catalog, case, made_of, place);
        return;
    }
    header::lint(catalog, case, place);
    let Some(law) = &case.law else {
        place.wrong(
            &place.key(&case.id, "subject"),
            "libraries are not tested by steps",
            "name a law of `scenarios/src/laws` as `law = \"...\"`, or write a vector under `scenarios/vectors/`",
        );
        return;
    };
    place.unknown(law, "law", laws::all().iter().map(|law| law.name));
    nothing_else(case, place);
    for check in &case.checks {
        source(catalog, check, place);
        if check.witness.as_str() != LAW_WITNESS {
            place.wrong(
                &check.witness.span,
                format!("a law never records `{}`", check.witness),
                format!("write `witness = \"{LAW_WITNESS}\"`: at least one call was answered"),
            );
        }
    }
}

/// The header of a law says nothing that only a run of steps could mean.
fn nothing_else(case: &Case, place: &mut Place<'_>) {
    let steps = case.steps.first().map(|step| &step.id);
    let rows = case.rows.first().map(|row| &row.id);
    for id in steps.into_iter().chain(rows) {
        place.wrong(&id.span, "a law has no steps and no rows", "its calls are made by the law itself");
    }
    if case.checks.len() != 1 {
        place.wrong(&case.id.span, "a law is one verdict", "write one `[[check]]` with `id = \"holds\"`");
    }
    for check in &case.checks {
        let judged = check.expect.is_some() || check.of.is_some() || !check.outcomes.is_empty();
        let rested = check.control.is_some() || check.contrast.is_some() || check.gain || check.counter;
        if judged || rested || !check.needs.is_empty() || !check.rows.is_empty() {
            place.wrong(
                &check.id.span,
                format!("the check `{}` says what only a case with steps can mean", check.id),
                "keep `id`, `requirement` or `contract`, `witness` and `hint`",
            );
        }
    }
}

/// The title says something.
pub(super) fn title(case: &Case, place: &mut Place<'_>) {
    if case.title.trim().is_empty() {
        place.wrong(
            &place.key(&case.id, "title"),
            "the title is empty",
            "say in one sentence what a conforming library does",
        );
    }
}

/// Exactly one of `requirement` and `contract`, known, and a requirement of libraries.
///
/// Unlike a check of a server, a contract needs no profile: the expected value without one is that of the protocol.
pub(super) fn source(catalog: &Catalog, check: &Check, place: &mut Place<'_>) {
    match (&check.requirement, &check.contract) {
        (None, None) => place.wrong(
            &check.id.span,
            "this is tied to nothing",
            "write `requirement = \"...\"` (scenarios/requirements/) or `contract = \"...\"` (scenarios/contracts.toml)",
        ),
        (Some(_), Some(contract)) => place.wrong(
            &contract.span,
            "this is tied to a requirement and a contract",
            "one verdict judges one of them; make two",
        ),
        (Some(requirement), None) => requirement_of_libraries(catalog, requirement, place),
        (None, Some(contract)) => {
            place.unknown(contract, "contract", catalog.contracts.keys().map(String::as_str));
        }
    }
}

fn requirement_of_libraries(catalog: &Catalog, word: &Word, place: &mut Place<'_>) {
    let of_libraries = catalog.requirements.iter().filter(|(_, known)| known.subject() == Subject::Library);
    let Some(requirement) = catalog.requirements.get(word.as_str()) else {
        place.unknown(word, "requirement", of_libraries.map(|(id, _)| id.as_str()));
        return;
    };
    if requirement.subject() != Subject::Library {
        let known: Vec<&str> = of_libraries.map(|(id, _)| id.as_str()).collect();
        place.wrong(
            &word.span,
            format!("`{word}` is judged on a {}, not on a library", requirement.subject().as_str()),
            format!("name a contract, or a requirement of libraries: {}", known.join(", ")),
        );
    }
}
