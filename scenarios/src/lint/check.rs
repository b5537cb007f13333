//! The checks of a case: what they are tied to, and what they rest on.

use std::ops::Range;

use super::{expect, grade, header, ids::slug_problem, outcomes, place::Place, rows, scope::Scope};
use crate::{
    catalog::Catalog,
    model::{Basis, Case, Check, Word},
    protocol, vocabulary,
};

pub(super) fn lint(catalog: &Catalog, case: &Case, scope: &Scope<'_>, place: &mut Place<'_>) {
    for (number, check) in case.checks.iter().enumerate() {
        if let Some((message, help)) = slug_problem(&check.id.value, "check") {
            place.wrong(&check.id.span, message, help);
        }
        if case.checks[..number].iter().any(|earlier| earlier.id == check.id) {
            place.wrong(
                &check.id.span,
                format!("the check `{}` is there already", check.id),
                "give one of the two another id",
            );
        }
        rows::named(&check.rows, scope, place);
        header::words(&check.needs, "capability", &vocabulary::words(vocabulary::NEEDS), place);
        source(catalog, case, check, place);
        witness(check, scope, place);
        for (key, word) in [("control", &check.control), ("contrast", &check.contrast)] {
            if let Some(word) = word {
                step(word, check, scope, key, place);
            }
        }
        if check.counter && case.counter.is_none() {
            place.wrong(
                &place.key(&check.id, "counter"),
                "the case has no counter-case",
                "write `counter = \"TABLE\"` into the head of the case, or leave this out",
            );
        }
        judged(check, scope, place);
        grade::lint(catalog, check, place);
        gain(check, scope, place);
    }
}

/// Exactly one of `requirement` and `contract`, known, and asked only of those whom it concerns.
fn source(catalog: &Catalog, case: &Case, check: &Check, place: &mut Place<'_>) {
    match (&check.requirement, &check.contract) {
        (None, None) => place.wrong(
            &check.id.span,
            format!("the check `{}` is tied to nothing", check.id),
            "write `requirement = \"...\"` (scenarios/requirements/), or `contract = \"...\"` (scenarios/contracts.toml) under a profile",
        ),
        (Some(_), Some(contract)) => place.wrong(
            &contract.span,
            format!("the check `{}` is tied to a requirement and a contract", check.id),
            "one check judges one of them; make two checks",
        ),
        _ => {}
    }
    let rows = check.outcomes.iter().filter_map(|row| row.requirement.as_ref());
    for word in check.requirement.iter().chain(rows) {
        requirement(catalog, case, word, place);
    }
    if let Some(word) = &check.contract
        && !place.unknown(word, "contract", catalog.contracts.keys().map(String::as_str))
    {
        let profile = catalog.contracts[word.as_str()].profile.as_str();
        if profile == protocol::CONTRACTS {
            place.wrong(
                &word.span,
                format!("the contract `{word}` is a rule of the adapter protocol"),
                "it is asked of libraries only; name what this subject is held to",
            );
        } else if case.profiles.is_empty() || case.profiles.iter().any(|selected| selected.value != profile) {
            place.wrong(
                &word.span,
                format!("the contract `{word}` may be asked only under the profile `{profile}`"),
                format!("write `profiles = [\"{profile}\"]` into the head of the case"),
            );
        }
    }
}

fn requirement(catalog: &Catalog, case: &Case, word: &Word, place: &mut Place<'_>) {
    if place.unknown(word, "requirement", catalog.requirements.keys().map(String::as_str)) {
        return;
    }
    let requirement = &catalog.requirements[word.as_str()];
    if requirement.basis == Basis::Convention && case.profiles.is_empty() {
        place.wrong(
            &word.span,
            format!("`{word}` is vendor practice, which may be asked only under a profile"),
            "write `profiles = [...]` into the head of the case",
        );
    }
    if requirement.subject() != case.subject {
        place.wrong(
            &word.span,
            format!(
                "`{word}` is judged on a {}, not on a {}",
                requirement.subject().as_str(),
                case.subject.as_str()
            ),
            "name a requirement of this subject, or move the check to a case of the other",
        );
    }
}

/// `witness = "step.event"`.
fn witness(check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    let word = &check.witness;
    let Some((step_id, event)) = word.value.rsplit_once('.') else {
        place.wrong(
            &word.span,
            format!("`{word}` names no event"),
            "write a step and its event, for example `go.decided`",
        );
        return;
    };
    let step_word = Word { value: step_id.to_owned(), span: word.span.clone() };
    let Some(known) = step(&step_word, check, scope, "witness", place) else { return };
    if place.unknown_at(&word.span, event, "event", vocabulary::words(vocabulary::EVENTS)) {
        return;
    }
    if !known.0.contains(&event) && !known.0.is_empty() {
        let events: Vec<String> = known.0.iter().map(|event| format!("`{event}`")).collect();
        place.wrong(
            &word.span,
            format!("the step `{step_id}` (`{}`) never records `{event}`", known.1),
            format!("it can record {}", events.join(", ")),
        );
    }
}

/// A step that a check rests on: it must exist and run in all the rows of the check. Gives its events and verb.
pub(super) fn step<'s>(
    word: &Word,
    check: &Check,
    scope: &'s Scope<'_>,
    role: &str,
    place: &mut Place<'_>,
) -> Option<(&'s [&'static str], &'static str)> {
    let Some((_, known)) = scope.step(word.as_str()) else {
        place.unknown(word, "step", scope.steps.iter().map(|step| step.id));
        return None;
    };
    if let Some(row) = scope.rows_without(known, &check.rows).first() {
        place.wrong(
            &word.span,
            format!("the {role} `{word}` is not run in the row `{row}`, in which this check is judged"),
            "let both name the same rows: `rows = [...]`",
        );
    }
    Some((&known.events, known.verb))
}

/// Either an expectation or an outcome table.
fn judged(check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    match (&check.expect, check.outcomes.is_empty()) {
        (None, true) => place.wrong(
            &check.id.span,
            format!("the check `{}` expects nothing", check.id),
            "write `expect = { ... }`, or `of = \"step\"` and `outcomes = [...]`",
        ),
        (Some(_), false) => place.wrong(
            &place.key(&check.id, "outcomes"),
            format!("the check `{}` has an expectation and an outcome table", check.id),
            "make two checks of it",
        ),
        (Some(expected), true) => expect::lint(expected, check, scope, place),
        (None, false) => outcomes::lint(check, scope, place),
    }
    if let (Some(of), true) = (&check.of, check.outcomes.is_empty()) {
        place.wrong(
            &of.span,
            "`of` goes with `outcomes` only",
            "an expectation names its steps itself; leave `of` out",
        );
    }
}

/// Rights grow only against something: a stranger that is kept out, or an earlier grant of the same run.
fn gain(check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    if !check.gain || check.contrast.is_some() {
        return;
    }
    let refresh = |word: &Word| scope.step(word.as_str()).is_some_and(|(_, step)| step.verb == "refresh");
    let compared = match &check.expect {
        Some(expected) => expect::steps_of(expected).len() >= 2,
        // Without either the check judges nothing, which is said already.
        None => check.outcomes.is_empty() || check.of.as_ref().is_some_and(refresh),
    };
    if !compared {
        let span: Range<usize> = place.key(&check.id, "gain");
        place.wrong(
            &span,
            "`gain` needs a contrast: a free-form server gives every scope away on purpose",
            "name a step that asks for `{random}` as `contrast`, or compare two steps of the run",
        );
    }
}
