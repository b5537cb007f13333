//! Scripts beside a case, and their bases.

use std::ops::Range;

use super::{ids::slug_problem, place::Place, step::file_name};
use crate::{
    catalog::{Catalog, LoadedCase},
    error::FileError,
    model::{Answer, Case, Script, Step, Verb, Word},
    vocabulary,
};

/// What an answer may have filled in; `jwt:` takes claims.
const PLACEHOLDERS: [&str; 4] = ["code", "state", "client_id", "origin"];

pub(super) fn lint(catalog: &Catalog, loaded: &LoadedCase, place: &mut Place<'_>) {
    for (number, script) in loaded.scripts.iter().enumerate() {
        if let Some((message, help)) = slug_problem(&script.id.value, "script") {
            place.wrong(&script.id.span, message, help);
        }
        if loaded.scripts[..number].iter().any(|earlier| earlier.id == script.id) {
            place.wrong(
                &script.id.span,
                format!("the script `{}` is there already", script.id),
                "give one of the two another id",
            );
        }
        place.unknown(&script.base, "base", catalog.bases.keys().map(String::as_str));
        instance(&loaded.case, script, place);
        for answer in &script.answers {
            if let Some(step) = &answer.step {
                known_step(catalog, &loaded.case, step, place);
            }
            one_answer(answer, &script.id, place);
        }
    }
}

pub(super) fn lint_bases(catalog: &Catalog) -> Vec<FileError> {
    let mut errors = Vec::new();
    for (id, base) in &catalog.bases {
        let source = &catalog.sources.bases[id];
        let mut place = Place::new(source);
        file_name(&base.id, "base", &source.path, &mut place);
        for answer in &base.answers {
            if let Some(step) = &answer.step {
                place.wrong(
                    &step.span,
                    "a base knows no steps",
                    "leave `step` out; a script beside a case may say it",
                );
            }
            one_answer(answer, &base.id, &mut place);
        }
        errors.extend(place.errors);
    }
    errors
}

/// Row, axes and the checks that are broken there.
fn instance(case: &Case, script: &Script, place: &mut Place<'_>) {
    let rows = case.rows.iter().map(|row| row.id.as_str());
    if let Some(row) = &script.row {
        place.unknown(row, "row", rows);
    }
    for (axis, value) in &script.axes {
        if let Some(values) = case.axes.get(axis) {
            place.unknown(value, &format!("value of the axis `{axis}`"), values.iter().map(Word::as_str));
        } else {
            let known = case.axes.keys().map(String::as_str);
            place.unknown_at(&place.key(&script.id, axis), axis, "axis of this case", known);
        }
    }
    let played = script.row.as_ref().or(case.rows.first().map(|row| &row.id));
    for (number, word) in script.breaks.iter().enumerate() {
        if place.unknown(word, "check", case.checks.iter().map(|check| check.id.as_str())) {
            continue;
        }
        if script.breaks[..number].contains(word) {
            place.wrong(&word.span, format!("the check `{word}` is there already"), "say it once");
        }
        let judged = case.check(word.as_str()).map(|check| check.rows.as_slice()).unwrap_or_default();
        if let Some(row) = played
            && !judged.is_empty()
            && !judged.contains(row)
        {
            place.wrong(
                &word.span,
                format!("the check `{word}` is not judged in the row `{row}`, which this script plays"),
                "name another row or another check",
            );
        }
    }
}

/// `login`, or `login.token` for a step inside the flow that `login` uses.
fn known_step(catalog: &Catalog, case: &Case, word: &Word, place: &mut Place<'_>) {
    let (outer, inner) =
        word.value.split_once('.').map_or((word.as_str(), None), |(outer, inner)| (outer, Some(inner)));
    let Some(step) = case.step(outer) else {
        place.unknown_at(&word.span, outer, "step", case.steps.iter().map(|step| step.id.as_str()));
        return;
    };
    let Some(inner) = inner else { return };
    let names: Vec<&str> = match step.verb() {
        Some(Verb::Use(flow)) => catalog
            .flows
            .get(flow.as_str())
            .map(|flow| flow.steps.iter().map(|step: &Step| step.id.as_str()).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    place.unknown_at(&word.span, inner, "step of this flow", names.iter().copied());
}

fn one_answer(answer: &Answer, owner: &Word, place: &mut Place<'_>) {
    let span = &answer.endpoint.span;
    place.unknown(&answer.endpoint, "endpoint", vocabulary::words(vocabulary::SCRIPT_ENDPOINTS));
    if let Some(grant) = &answer.grant
        && answer.endpoint.value != "token"
    {
        place.wrong(&grant.span, "only the token endpoint knows grants", "leave `grant` out");
    }
    let bodies =
        [answer.json.is_some(), answer.body.is_some(), answer.redirect.is_some(), answer.location.is_some()];
    if bodies.into_iter().filter(|set| *set).count() > 1 {
        place.wrong(
            span,
            "an answer has one of `json`, `body`, `redirect` and `location`",
            "keep one of them",
        );
    }
    if answer.status.is_some_and(|status| !(200..600).contains(&status)) {
        place.wrong(span, "this answer has no status that can be sent", "write one from 200 to 599");
    }
    let after = owner.span.end.max(span.start)..place.text().len();
    for text in strings(answer) {
        for unknown in unknown_placeholders(text) {
            let span: Range<usize> = place.inside(&after, unknown);
            place.wrong(&span, format!("`{unknown}` is not filled in here"), "an answer may hold `{code}`, `{state}`, `{client_id}`, `{origin}` and `{jwt:claim=value}`; `{{` is a brace");
        }
    }
}

/// Every string of an answer that may hold placeholders.
fn strings(answer: &Answer) -> Vec<&str> {
    let mut strings: Vec<&str> = answer.headers.values().map(String::as_str).collect();
    strings.extend(answer.body.as_deref());
    strings.extend(answer.location.as_deref());
    strings.extend(answer.redirect.iter().flat_map(|parameters| parameters.values().map(String::as_str)));
    let mut values: Vec<&toml::Value> = answer.json.iter().collect();
    while let Some(value) = values.pop() {
        match value {
            toml::Value::String(text) => strings.push(text),
            toml::Value::Array(inner) => values.extend(inner),
            toml::Value::Table(inner) => values.extend(inner.values()),
            _ => {}
        }
    }
    strings
}

/// `{` before a lower-case letter opens a placeholder, `{{` is a brace, as in the strings of cases.
fn unknown_placeholders(text: &str) -> Vec<&str> {
    let mut unknown = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let after = &rest[open + 1..];
        if let Some(tail) = after.strip_prefix('{') {
            rest = tail;
            continue;
        }
        if after.starts_with(|c: char| c.is_ascii_lowercase()) {
            let end = after.find('}');
            let name = &after[..end.unwrap_or(after.len())];
            if end.is_none() || !(PLACEHOLDERS.contains(&name) || name.starts_with("jwt:")) {
                unknown.push(&rest[open..open + 1 + name.len() + usize::from(end.is_some())]);
            }
        }
        rest = after;
    }
    unknown
}
