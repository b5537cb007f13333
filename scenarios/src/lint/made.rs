//! Tokens that the run makes itself, in resource cases.

use super::{place::Place, scope::Scope};
use crate::{
    model::{Step, Subject, Text, TextKind, TokenRequest},
    vocabulary::{self, Entry},
};

pub(super) fn lint(scope: &Scope<'_>, step: &Step, token: &TokenRequest, place: &mut Place<'_>) {
    let made = [("form", &token.form), ("scp", &token.scp), ("flaw", &token.flaw)];
    if scope.subject != Subject::Resource {
        for (key, _) in made.into_iter().filter(|(_, text)| text.is_some()) {
            place.wrong(
                &place.key(&step.id, key),
                format!("`{key}` is said of tokens that the run makes itself, which it does in resource cases only"),
                "leave it out",
            );
        }
        return;
    }
    let asked =
        [token.grant.is_some(), token.code.is_some(), token.client.is_some(), !token.params.is_empty()];
    if asked.contains(&true) {
        place.wrong(
            &place.key(&step.id, "token"),
            "a resource case asks nobody for its tokens",
            "write `scope`, `form`, `scp` and `flaw` only",
        );
    }
    words(token.form.as_ref(), "form", vocabulary::TOKEN_FORMS, place);
    words(token.flaw.as_ref(), "flaw", vocabulary::TOKEN_FLAWS, place);
}

/// A word that stands there itself is one of the list; one of a row is looked at when the row is run.
pub(super) fn words(text: Option<&Text>, kind: &str, known: &'static [Entry], place: &mut Place<'_>) {
    let Some(text) = text else { return };
    match &text.kind {
        TextKind::One(word) if word.contains('{') => {}
        TextKind::One(word) => {
            place.unknown_at(&text.span, word, kind, vocabulary::words(known));
        }
        TextKind::Many(_) | TextKind::Hex(_) => {
            place.wrong(&text.span, format!("`{kind}` is one word"), "write a string");
        }
    }
}
