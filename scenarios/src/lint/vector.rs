//! A vector: what it is tied to, what it puts in, and what it expects.

use std::ops::Range;

use serde::de::{IgnoredAny, MapAccess, Visitor};

use super::{ids::case_id_problem, library, place::Place};
use crate::{
    catalog::Catalog,
    model::{Answers, Case, Expected, Flag, Json, Vector},
    operations::{self, OPERATIONS, Operation, SEMANTICS},
};

/// The profiles whose systems a vector may let differ.
const PROFILES: [&str; 2] = ["cli-engine", "toolhive"];

pub(super) fn lint(catalog: &Catalog, case: &Case, vector: &Vector, place: &mut Place<'_>) {
    id(vector, place);
    library::title(case, place);
    title_is_its_own(catalog, vector, place);
    super::header::origin(catalog, case, place);
    for check in &case.checks {
        library::source(catalog, check, place);
    }
    let known = !place.unknown(&vector.op, "operation", OPERATIONS.iter().map(|op| op.word));
    let operation = operations::find(vector.op.as_str()).filter(|_| known);
    input(vector, operation, place);
    let Vector { ok, any_ok, not_ok, rejected, .. } = vector;
    outcome(&vector.id.span, "vector", (ok.as_ref(), any_ok, not_ok, *rejected), operation, place);
    for (profile, expected) in &vector.profiles {
        let span = profile_span(vector, profile, place);
        place.unknown_at(&span, profile, "profile of a vector", PROFILES.into_iter());
        let Expected { ok, any_ok, not_ok, rejected } = expected;
        outcome(&span, "profile", (ok.as_ref(), any_ok, not_ok, *rejected), operation, place);
    }
    under(vector, place);
    flags(vector, place);
}

fn id(vector: &Vector, place: &mut Place<'_>) {
    if let Some((message, help)) = case_id_problem(vector.id.as_str()) {
        place.wrong(
            &vector.id.span,
            message,
            help.replace("server/refresh/scope-parameter", "library/union/order-of-the-first-is-kept"),
        );
    } else if !vector.id.value.starts_with("library/") {
        place.wrong(
            &vector.id.span,
            format!("`{}` is no id of a vector", vector.id),
            "let it begin with `library/`",
        );
    }
}

/// The name of a profile in the header of its table.
fn profile_span(vector: &Vector, profile: &str, place: &Place<'_>) -> Range<usize> {
    let start = vector.id.span.end.min(place.text().len());
    let header = format!("profiles.{profile}]");
    place.text()[start..].find(&header).map_or(vector.id.span.clone(), |found| {
        let start = start + found + "profiles.".len();
        start..start + profile.len()
    })
}

/// A title is how a vector is told from its neighbours.
fn title_is_its_own(catalog: &Catalog, vector: &Vector, place: &mut Place<'_>) {
    let mut earlier = catalog.cases.keys().take_while(|id| **id != vector.id.value);
    let same = earlier.find(|id| catalog.cases[*id].case.title == vector.title);
    if let Some(other) = same {
        place.wrong(
            &place.key(&vector.id, "title"),
            format!("`{other}` has this title"),
            "say what is special about this one",
        );
    }
}

fn input(vector: &Vector, operation: Option<&Operation>, place: &mut Place<'_>) {
    let Some(members) = members(&vector.input, "the input", place) else { return };
    let Some(operation) = operation else { return };
    let known = operation.input.iter().chain(operation.optional).copied();
    for member in &members {
        let span = place.inside(vector.input.span(), &format!("\"{member}\""));
        place.unknown_at(
            &span,
            member,
            &format!("member of the input of `{}`", operation.word),
            known.clone(),
        );
    }
    for missing in operation.input.iter().filter(|needed| !members.iter().any(|member| member == *needed)) {
        place.wrong(
            vector.input.span(),
            format!("the input of `{}` has no `{missing}`", operation.word),
            format!("add the member `\"{missing}\"`: every member of an input is always sent"),
        );
    }
}

/// Exactly one of `ok`, `any-ok`, `not-ok` and `rejected`, but that `any-ok` may stand beside `rejected`.
fn outcome(
    span: &Range<usize>,
    table: &str,
    (ok, any_ok, not_ok, rejected): (Option<&Json>, &Vec<Json>, &Answers, bool),
    operation: Option<&Operation>,
    place: &mut Place<'_>,
) {
    let said = [ok.is_some(), !any_ok.is_empty(), !not_ok.0.is_empty(), rejected];
    let both = any_ok.is_empty() || !rejected || ok.is_some() || !not_ok.0.is_empty();
    match said.into_iter().filter(|said| *said).count() {
        1 => {}
        2 if !both => {}
        0 => place.wrong(
            span,
            format!("the {table} expects nothing"),
            "write one of `ok = '{...}'`, `any-ok = ['{...}']`, `not-ok = '{...}'` and `rejected = true`",
        ),
        _ => place.wrong(
            span,
            format!("the {table} expects several things at once"),
            "keep one of `ok`, `any-ok`, `not-ok` and `rejected`; only `any-ok` and `rejected` go together",
        ),
    }
    for answer in ok.into_iter().chain(any_ok).chain(&not_ok.0) {
        let Some(members) = members(answer, "an answer", place) else { continue };
        if answer.value().is_none() {
            place.wrong(
                answer.span(),
                "no JSON value can hold this answer",
                "leave out lone surrogates and numbers beyond a 64-bit float",
            );
        }
        let Some(operation) = operation else { continue };
        for member in members {
            let inside = place.inside(answer.span(), &format!("\"{member}\""));
            let kind = format!("member of an answer of `{}`", operation.word);
            place.unknown_at(&inside, &member, &kind, operation.ok.iter().copied());
        }
    }
}

/// The members of a JSON object, in order and repeated as they are; a mistake where it is none.
fn members(json: &Json, what: &str, place: &mut Place<'_>) -> Option<Vec<String>> {
    if let Some(mistake) = json.mistake() {
        place.wrong(
            json.span(),
            format!("{what} is no JSON: {mistake}"),
            "write JSON text in a TOML literal string, '{\"text\":\"a b\"}'; in '''...''' it may hold apostrophes",
        );
        return None;
    }
    if let Ok(Members(members)) = serde_json::from_str(json.text()) {
        return Some(members);
    }
    place.wrong(json.span(), format!("{what} is no JSON object"), "write '{\"member\": ...}'");
    None
}

/// The names of the members of an object.
struct Members(Vec<String>);

impl<'de> serde::Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some((name, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            members.push(name);
        }
        Ok(Members(members))
    }
}

fn under(vector: &Vector, place: &mut Place<'_>) {
    for (name, value) in &vector.under {
        let span: Range<usize> = place.key(&vector.id, name);
        if place.unknown_at(&span, name, "semantics", SEMANTICS.iter().map(|(name, ..)| *name)) {
            continue;
        }
        let values =
            SEMANTICS.iter().find(|(known, ..)| known == name).map_or(&[][..], |(_, values, _)| values);
        place.unknown(value, &format!("value of `{name}`"), values.iter().copied());
    }
}

fn flags(vector: &Vector, place: &mut Place<'_>) {
    let span = place.key(&vector.id, "flags");
    let mut wrong = |message: &str, help: &str| place.wrong(&span, message, help);
    if Flag::ALL.iter().any(|flag| vector.flags.iter().filter(|said| *said == flag).count() > 1) {
        wrong("a flag is there twice", "say it once");
    }
    if vector.is(Flag::Quirk) && vector.profiles.is_empty() {
        wrong("no profile expects anything else here", "add `[vector.profiles.NAME]`, or leave `quirk` out");
    }
    if vector.is(Flag::History) && vector.origin.is_empty() {
        wrong("a public bug without its origin", "name the thread or the id in `origin`");
    }
    if vector.is(Flag::Order) && vector.ok.is_none() {
        wrong("`order` goes with `ok`", "write the list in its order as `ok`, or leave `order` out");
    }
}
