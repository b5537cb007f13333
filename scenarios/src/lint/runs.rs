//! Runs of the client under test: what goes with them alone.

use super::{made, place::Place, scope::Scope};
use crate::{
    model::{AT_ONCE, Step, Verb},
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
