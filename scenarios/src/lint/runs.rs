//! Runs of the client under test: what goes with them alone.

use super::{made, place::Place, scope::Scope};
use crate::{
    model::{AT_ONCE, Step, Verb, Word},
    vocabulary,
};

pub(super) fn lint(scope: &Scope<'_>, step: &Step, verb: Verb<'_>, place: &mut Place<'_>) {
    let keys = [
        ("exit", step.exit.is_some()),
        ("stored", step.stored.is_some()),
        ("saves", step.saves.is_some()),
        ("at-once", step.at_once.is_some()),
    ];
    if !matches!(verb, Verb::Invoke(_) | Verb::Login(_) | Verb::Run(_)) {
        for (key, _) in keys.into_iter().filter(|(_, said)| *said) {
            place.wrong(
                &place.key(&step.id, key),
                format!("`{key}` goes with `invoke`, `login` and `run` only"),
                "leave it out",
            );
        }
        return;
    }
    if let Verb::Run(command) = verb {
        place.unknown(command, "command", vocabulary::words(vocabulary::COMMANDS));
    }
    if let Verb::Invoke(operations) = verb {
        several(step, operations, place);
    }
    made::words(step.stored.as_ref(), "stored", vocabulary::STORED, place);
    if step.stored.is_some() && scope.steps.first().is_some_and(|first| first.id == step.id.value) {
        place.wrong(
            &place.key(&step.id, "stored"),
            "nothing is stored before the first step",
            "let a step before it log in",
        );
    }
    if step.saves == Some(true) {
        place.wrong(&place.key(&step.id, "saves"), "files can be written anyhow", "leave it out");
    }
    if step.at_once.is_some_and(|runs| !(2..=AT_ONCE).contains(&runs)) {
        place.wrong(
            &place.key(&step.id, "at-once"),
            "so many runs are not started at once",
            format!("write a number from 2 to {AT_ONCE}"),
        );
    }
}

/// Operations that are called at once: a few, each once, in one run.
fn several(step: &Step, operations: &[Word], place: &mut Place<'_>) {
    let span = operations.first().map_or_else(|| place.key(&step.id, "invoke"), |word| word.span.clone());
    let most = usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
    if !(1..=most).contains(&operations.len()) {
        place.wrong(
            &span,
            "so many operations are not called at once",
            format!("write one operation, or 2 to {AT_ONCE} in an array"),
        );
    }
    for (number, operation) in operations.iter().enumerate() {
        if operations[..number].contains(operation) {
            place.wrong(
                &operation.span,
                format!("`{operation}` is called at once with itself"),
                "name each operation once; two may require the same scope",
            );
        }
    }
    if operations.len() > 1 && step.at_once.is_some() {
        place.wrong(
            &place.key(&step.id, "at-once"),
            "several runs of several operations each cannot be told apart",
            "write one operation, or leave `at-once` out",
        );
    }
}
