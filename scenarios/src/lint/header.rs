//! The head of a case.

use super::{ids::case_id_problem, place::Place, respond};
use crate::{
    catalog::Catalog,
    model::{Case, Subject, Word},
    vocabulary::{self, AXES},
};

pub(super) fn lint(catalog: &Catalog, case: &Case, place: &mut Place<'_>) {
    id(catalog, case, place);
    if case.title.trim().is_empty() {
        place.wrong(
            &place.key(&case.id, "title"),
            "the title is empty",
            "say in one sentence what a conforming subject does",
        );
    }
    words(&case.needs, "capability", &vocabulary::words(vocabulary::NEEDS), place);
    words(&case.profiles, "profile", &vocabulary::words(vocabulary::PROFILES), place);
    axes(case, place);
    origin(catalog, case, place);
    for tag in &case.tags {
        if !super::ids::is_slug(&tag.value) {
            place.wrong(
                &tag.span,
                format!("`{tag}` has not the shape of a tag"),
                "write lower-case words with `-` between them",
            );
        }
    }
    if let Some(client) = &case.client {
        place.unknown(client, "word for the client of a case", vocabulary::words(vocabulary::CASE_CLIENTS));
    }
    if let (Some(counter), false) = (&case.counter, case.checks.iter().any(|check| check.counter)) {
        place.wrong(
            &counter.span,
            "no check has to turn red in this counter-case",
            "write `counter = true` into the checks that have to",
        );
    }
    for (word, what) in [
        (&case.law, "laws are put"),
        (&case.protocol, "rules of the adapter protocol are put"),
        (&case.dialect, "points of a dialect are put"),
    ] {
        if let (Some(word), true) = (word, case.subject != Subject::Library) {
            place.wrong(
                &word.span,
                format!("{what} to libraries only"),
                "write `subject = \"library\"`, or steps",
            );
        }
    }
    parts(case, place);
}

fn id(catalog: &Catalog, case: &Case, place: &mut Place<'_>) {
    let id = case.id.as_str();
    if let Some((message, help)) = case_id_problem(id) {
        place.wrong(&case.id.span, message, help);
        return;
    }
    if let Some(loaded) = catalog.cases.get(id) {
        let path = loaded.source.path.replace('\\', "/");
        if !path.ends_with(&format!("cases/{id}.toml")) {
            place.wrong(
                &case.id.span,
                format!("the id `{id}` is not the path of this file"),
                format!("move the file to `cases/{id}.toml`, or give the id of its path"),
            );
        }
    }
    let subject = case.subject.as_str();
    if id.split('/').next() != Some(subject) {
        place.wrong(
            &case.id.span,
            format!("`{id}` is the id of another subject than `{subject}`"),
            format!("let the id begin with `{subject}/`, or change `subject`"),
        );
    }
}

/// Each on its list, each once.
pub(super) fn words(
    words: &[Word],
    kind: &str,
    known: &(impl Iterator<Item = &'static str> + Clone),
    place: &mut Place<'_>,
) {
    for (number, word) in words.iter().enumerate() {
        if !place.unknown(word, kind, known.clone()) && words[..number].contains(word) {
            place.wrong(&word.span, format!("the {kind} `{word}` is there already"), "say it once");
        }
    }
}

/// What looks like the id of a contract has to be one; anything else is a public thread.
pub(super) fn origin(catalog: &Catalog, case: &Case, place: &mut Place<'_>) {
    for origin in &case.origin {
        let contract = origin.split_once('-').is_some_and(|(group, number)| {
            group.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
                && number.len() == 2
                && number.bytes().all(|b| b.is_ascii_digit())
        });
        if contract {
            let span = place.inside(&(0..place.text().len()), origin);
            place.unknown_at(&span, origin, "contract", catalog.contracts.keys().map(String::as_str));
        }
    }
}

fn axes(case: &Case, place: &mut Place<'_>) {
    for (name, values) in &case.axes {
        let Some((_, known, _)) = AXES.iter().find(|(axis, ..)| axis == name) else {
            let span = place.key(&case.id, name);
            place.unknown_at(&span, name, "axis", AXES.iter().map(|(axis, ..)| *axis));
            continue;
        };
        words(values, &format!("value of the axis `{name}`"), &known.iter().copied(), place);
        if values.is_empty() {
            let span = place.key(&case.id, name);
            place.wrong(
                &span,
                format!("the axis `{name}` has no values"),
                "name at least one, or leave the axis out",
            );
        }
    }
}

/// What each kind of case has and has not.
fn parts(case: &Case, place: &mut Place<'_>) {
    if case.steps.is_empty() && case.subject != Subject::Library {
        place.wrong(&case.id.span, "this case does nothing", "add a `[[step]]`");
    }
    if case.checks.is_empty() {
        place.wrong(&case.id.span, "this case judges nothing", "add a `[[check]]`");
    }
    respond::lint(case, place);
}
