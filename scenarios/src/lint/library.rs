//! What is put to libraries: headers of laws, of rules of the protocol and of points of the dialect, and what they have in common with vectors.

use super::{header, place::Place, vector};
use crate::{
    catalog::Catalog,
    laws,
    model::{Case, Check, Subject, Word},
    protocol::{POINTS, RULES},
};

/// What a case of a library can be beside a vector.
struct Kind {
    /// The key of its header.
    key: &'static str,
    /// What it is, with its article.
    what: &'static str,
    /// Who makes its calls.
    calls: &'static str,
    /// What its only check rests on.
    witness: &'static str,
    /// What that is.
    rests_on: &'static str,
}

const LAW: Kind = Kind {
    key: "law",
    what: "a law",
    calls: "its calls are made by the law itself",
    witness: "law.answered",
    rests_on: "at least one call was answered",
};

const RULE: Kind = Kind {
    key: "rule of the adapter protocol",
    what: "a rule of the protocol",
    calls: "it is judged by all calls of the run",
    witness: "protocol.answered",
    rests_on: "at least one call was answered",
};

const POINT: Kind = Kind {
    key: "point of the dialect",
    what: "a point of the dialect",
    calls: "it is judged by what the library declares",
    witness: "hello.answered",
    rests_on: "the library said what it offers",
};

pub(super) fn lint(catalog: &Catalog, case: &Case, place: &mut Place<'_>) {
    if let Some(made_of) = &case.vector {
        vector::lint(catalog, case, made_of, place);
        return;
    }
    header::lint(catalog, case, place);
    let Some((kind, word)) = kind_of(case, place) else { return };
    match kind.witness {
        witness if witness == LAW.witness => {
            place.unknown(word, kind.key, laws::all().iter().map(|law| law.name));
        }
        witness if witness == RULE.witness => {
            place.unknown(word, kind.key, RULES.iter().map(|rule| rule.word));
        }
        _ => {
            place.unknown(word, kind.key, POINTS.iter().map(|point| point.word));
        }
    }
    nothing_else(case, &kind, place);
    for check in &case.checks {
        source(catalog, check, place);
        if check.witness.as_str() != kind.witness {
            place.wrong(
                &check.witness.span,
                format!("{} never records `{}`", kind.what, check.witness),
                format!("write `witness = \"{}\"`: {}", kind.witness, kind.rests_on),
            );
        }
    }
}

/// What the case is, and its word; `None`, and said so, where it is nothing or several things at once.
fn kind_of<'c>(case: &'c Case, place: &mut Place<'_>) -> Option<(Kind, &'c Word)> {
    let mut named = [(LAW, &case.law), (RULE, &case.protocol), (POINT, &case.dialect)]
        .into_iter()
        .filter_map(|(kind, word)| Some((kind, word.as_ref()?)));
    let Some(first) = named.next() else {
        place.wrong(
            &place.key(&case.id, "subject"),
            "libraries are not tested by steps",
            "name a law of `scenarios/src/laws` as `law = \"...\"`, or write a vector under `scenarios/vectors/`",
        );
        return None;
    };
    if let Some((kind, word)) = named.next() {
        place.wrong(
            &word.span,
            format!("the case is {} already, and cannot be {} as well", first.0.what, kind.what),
            "one verdict judges one thing; make two cases",
        );
        return None;
    }
    Some(first)
}

/// The header says nothing that only a run of steps could mean.
fn nothing_else(case: &Case, kind: &Kind, place: &mut Place<'_>) {
    let steps = case.steps.first().map(|step| &step.id);
    let rows = case.rows.first().map(|row| &row.id);
    for id in steps.into_iter().chain(rows) {
        place.wrong(&id.span, format!("{} has no steps and no rows", kind.what), kind.calls);
    }
    if case.checks.len() != 1 {
        place.wrong(
            &case.id.span,
            format!("{} is one verdict", kind.what),
            "write one `[[check]]` with `id = \"holds\"`",
        );
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
