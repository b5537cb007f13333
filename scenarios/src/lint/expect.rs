//! Expectations: exactly one word, with the operands that it takes.

use std::ops::Range;

use super::{
    check,
    place::Place,
    scope::Scope,
    template::{self, Standpoint},
};
use crate::{
    model::{Check, Expect, IsRef, SetFunction, SetRef, Word},
    vocabulary::REQUESTS,
    words::sets_of_expect,
};

pub(super) fn lint(expect: &Expect, check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    let span = place.key(&check.id, "expect");
    let words = expect.words();
    let [word] = words.as_slice() else {
        let (message, help) = match words.as_slice() {
            [] => (
                "this expectation has no word".to_owned(),
                "write one, for example `within`, `same-set` or `absent`",
            ),
            many => (
                format!("this expectation has {} words: `{}`", many.len(), many.join("`, `")),
                "make a check of each",
            ),
        };
        place.wrong(&span, message, help);
        return;
    };
    let span = place.key(&check.id, word);
    operands(word, expect, &span, place);
    is(word, expect, &span, check, scope, place);
    for set in sets_of_expect(expect) {
        one_set(set, &span, check, scope, place);
    }
    for text in expect.same_text.iter().flatten() {
        template::lint(text, scope, in_check(check, scope), place);
    }
    for path in [&expect.absent, &expect.present, &expect.grammar, &expect.error_text].into_iter().flatten() {
        field(path, check, scope, place);
    }
    if let Some(spec) = &expect.json_type {
        field(&spec.of, check, scope, place);
        place.unknown(
            &spec.is,
            "JSON type",
            ["string", "array", "object", "number", "boolean", "null"].into_iter(),
        );
    }
    for step in expect.same_outcome.iter().flatten() {
        check::step(step, check, scope, "step", place);
    }
    if let Some(inner) = &expect.not {
        if inner.not.is_some() {
            place.wrong(&span, "`not` inside `not`", "write the inner expectation by itself");
        } else {
            lint(inner, check, scope, place);
        }
    }
}

fn in_check<'a>(check: &'a Check, scope: &Scope<'_>) -> Standpoint<'a> {
    Standpoint { before: scope.steps.len(), rows: &check.rows, in_row: false }
}

/// How many operands the word takes.
fn operands(word: &str, expect: &Expect, span: &Range<usize>, place: &mut Place<'_>) {
    let two = [&expect.exactly, &expect.same_set, &expect.contains, &expect.within, &expect.disjoint];
    if let Some(sets) = two.into_iter().flatten().next()
        && sets.len() != 2
    {
        place.wrong(
            span,
            format!("`{word}` compares two sets, not {}", sets.len()),
            "write `[{ granted = \"go\" }, { granted = \"login\" }]`",
        );
    }
    if expect.one_of.as_ref().is_some_and(Vec::is_empty) {
        place.wrong(span, "`one-of` names no set", "name the sets that are right");
    }
    if expect.same_text.as_ref().is_some_and(|texts| texts.len() < 2) {
        place.wrong(
            span,
            "`same-text` compares at least two texts",
            "write `[\"{go.state}\", \"{go.sent_state}\"]`",
        );
    }
    if expect.same_outcome.as_ref().is_some_and(|steps| steps.len() < 2) {
        place.wrong(span, "`same-outcome` compares at least two steps", "write `[\"first\", \"second\"]`");
    }
    if expect.status.as_ref().is_some_and(|status| status.0.is_empty()) {
        place.wrong(span, "`status` names no status", "write `200`, or `[400, 401]`");
    }
}

/// `is` goes with `one-of` (a set) and `status` (a step), and with nothing else.
fn is(
    word: &str,
    expect: &Expect,
    span: &Range<usize>,
    check: &Check,
    scope: &Scope<'_>,
    place: &mut Place<'_>,
) {
    match (word, &expect.is) {
        ("status", Some(IsRef::Step(step))) => {
            check::step(step, check, scope, "step", place);
        }
        ("one-of", Some(IsRef::Set(_))) => {}
        ("status", _) => place.wrong(
            span,
            "`status` needs `is` with the id of a step",
            "write `expect = { status = 200, is = \"again\" }`",
        ),
        ("one-of", _) => place.wrong(
            span,
            "`one-of` needs `is` with a set",
            "write `expect = { one-of = [...], is = { granted = \"go\" } }`",
        ),
        (_, Some(_)) => {
            place.wrong(
                span,
                format!("`is` does not go with `{word}`"),
                "only `one-of` and `status` have it",
            );
        }
        (_, None) => {}
    }
}

fn one_set(set: &SetRef, span: &Range<usize>, check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    let functions = set.functions();
    if functions.len() + usize::from(set.scope.is_some()) != 1 {
        place.wrong(
            span,
            "a set has exactly one word",
            "write `{ scope = \"a b\" }`, or a function of a step such as `{ granted = \"go\" }`",
        );
        return;
    }
    if let Some(text) = &set.scope {
        template::lint(text, scope, in_check(check, scope), place);
    }
    for (function, word) in functions {
        // A client's runs have inner requests: `two.authorize.last`.
        let mut path = word.value.splitn(2, '.');
        let id = Word { value: path.next().unwrap_or_default().to_owned(), span: word.span.clone() };
        let Some((_, known)) = scope.step(id.as_str()) else {
            place.unknown(&id, "step", scope.steps.iter().map(|step| step.id));
            continue;
        };
        check::step(&id, check, scope, "step", place);
        if !known.sets.contains(&function.as_str()) && !known.open {
            let sets: Vec<String> = known.sets.iter().map(|set| format!("`{set}`")).collect();
            place.wrong(
                &word.span,
                format!("the step `{}` (`{}`) has no set `{}`", known.id, known.verb, function.as_str()),
                if sets.is_empty() {
                    "it has no sets at all".to_owned()
                } else {
                    format!("its sets are {}", sets.join(", "))
                },
            );
        }
        match path.next() {
            // What a client prints belongs to its whole run.
            None if matches!(function, SetFunction::Told | SetFunction::Shown) => {}
            None if is_run(known.verb) => place.wrong(
                &word.span,
                format!("`{id}` is a run of the client with many requests"),
                format!("write `{id}.authorize.last`, `{id}.token.first` or the like"),
            ),
            Some(request) => recorded(known.verb, request, word, place),
            None => {}
        }
    }
}

/// `authorize.last`: one of the requests that a run of a client sent.
fn recorded(verb: &str, request: &str, word: &Word, place: &mut Place<'_>) {
    if !is_run(verb) {
        place.wrong(
            &word.span,
            format!("`{word}` is more than the id of a step"),
            "only runs of a client have requests of their own",
        );
        return;
    }
    let (endpoint, which) = request.split_once('.').unwrap_or((request, "last"));
    place.unknown_at(&word.span, endpoint, "request", REQUESTS.iter().copied());
    place.unknown_at(&word.span, which, "word", ["first", "last"].into_iter());
}

/// Whether a step of this verb runs a client, which sends requests of its own.
pub(super) fn is_run(verb: &str) -> bool {
    matches!(verb, "invoke" | "login" | "run")
}

/// `step.field`.
fn field(path: &Word, check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    let mut names = path.value.split('.');
    let id = Word { value: names.next().unwrap_or_default().to_owned(), span: path.span.clone() };
    if check::step(&id, check, scope, "step", place).is_none() {
        return;
    }
    if let Some((_, known)) = scope.step(id.as_str()) {
        let names: Vec<&str> = names.collect();
        template::named_field(known, &names, &path.span, place);
    }
}

/// The steps that an expectation names, each once.
pub(super) fn steps_of(expect: &Expect) -> Vec<&str> {
    let mut steps: Vec<&str> = sets_of_expect(expect)
        .into_iter()
        .flat_map(SetRef::functions)
        .map(|(_, word)| word.value.split('.').next().unwrap_or_default())
        .chain(expect.same_outcome.iter().flatten().map(Word::as_str))
        .collect();
    if let Some(inner) = &expect.not {
        steps.extend(steps_of(inner));
    }
    steps.sort_unstable();
    steps.dedup();
    steps
}
