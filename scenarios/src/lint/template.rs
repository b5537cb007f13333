//! Placeholders inside strings.

use std::ops::Range;

use super::{
    expect::is_run,
    place::Place,
    scope::{Known, Scope},
};
use crate::{
    model::{Subject, Text, Word},
    nearest::did_you_mean,
    template::{Placeholder, Template},
    vocabulary::{self, FIELDS_WITH_MEMBERS, FIELDS_WITH_OR_WITHOUT_MEMBERS, REQUESTS},
};

/// Where a string stands: which steps it may name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standpoint<'a> {
    /// Steps before this one may be named.
    pub(super) before: usize,
    /// The rows in which the string is used; empty means all.
    pub(super) rows: &'a [Word],
    /// Inside a row, which may name neither steps nor rows.
    pub(super) in_row: bool,
}

/// Checks every placeholder of a value.
pub(super) fn lint(text: &Text, scope: &Scope<'_>, standpoint: Standpoint<'_>, place: &mut Place<'_>) {
    for string in text.templates() {
        match Template::parse(string) {
            Ok(template) => {
                for placeholder in template.placeholders() {
                    let span = place.inside(&text.span, &string[placeholder.range.clone()]);
                    one(placeholder, &span, scope, standpoint, place);
                }
            }
            Err(error) => {
                let span = place.inside(&text.span, &string[error.range.clone()]);
                place.wrong(&span, error.message, "`{{` stands for one brace");
            }
        }
    }
}

fn one(
    placeholder: &Placeholder,
    span: &Range<usize>,
    scope: &Scope<'_>,
    standpoint: Standpoint<'_>,
    place: &mut Place<'_>,
) {
    if let Some(filter) = &placeholder.filter {
        place.unknown_at(span, filter, "filter", vocabulary::words(vocabulary::FILTERS));
    }
    let root = placeholder.path[0].as_str();
    let rest: Vec<&str> = placeholder.path[1..].iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u8>().is_ok();
    match (root, rest.as_slice()) {
        ("grantable", [index]) if number(index) => {}
        ("grantable", _) => {
            place.wrong(
                span,
                "`grantable` needs a number behind it",
                "write `{grantable.0}`, `{grantable.1}` or `{grantable.2}`",
            );
        }
        ("forbidden" | "unknown" | "random" | "default", []) => {}
        ("forbidden" | "unknown" | "random" | "default", _) => {
            place.wrong(span, format!("`{root}` has no fields"), format!("write `{{{root}}}`"));
        }
        ("operation", [index, "requires"]) if number(index) => {
            if scope.subject != Subject::Resource {
                place.wrong(
                    span,
                    "only resource cases have operations",
                    "write `subject = \"resource\"`, or name a scope",
                );
            }
        }
        ("operation", _) => {
            place.wrong(span, "this is no field of an operation", "write `{operation.0.requires}`");
        }
        ("row", [key]) if !standpoint.in_row => {
            place.unknown_at(span, key, "key of a row", scope.row_keys.iter().copied());
        }
        ("flow", ["scope" | "client"]) if scope.in_flow => {}
        ("flow", _) => place.wrong(
            span,
            "`flow` stands for nothing here",
            "only a flow may say `{flow.scope}` and `{flow.client}`",
        ),
        (_, _) if standpoint.in_row => place.wrong(
            span,
            format!("a row cannot name `{root}`"),
            "a row may use `grantable.N`, `forbidden`, `unknown`, `random`, `default` and their neighbours",
        ),
        (step, fields) => field(step, fields, span, scope, standpoint, place),
    }
}

/// `step.field` or `step.field.member`.
fn field(
    step: &str,
    fields: &[&str],
    span: &Range<usize>,
    scope: &Scope<'_>,
    standpoint: Standpoint<'_>,
    place: &mut Place<'_>,
) {
    let Some((number, known)) = scope.step(step) else {
        let names =
            scope.steps.iter().map(|step| step.id).chain(vocabulary::ROOTS.iter().map(|entry| entry.word));
        place.wrong(
            span,
            format!("there is no step `{step}`"),
            did_you_mean(step, names)
                .unwrap_or_else(|| "name an earlier step, or write `{{` for a brace".to_owned()),
        );
        return;
    };
    if number >= standpoint.before {
        place.wrong(
            span,
            format!("the step `{step}` runs later"),
            "a step can only use answers of steps before it",
        );
        return;
    }
    let left_out = scope.rows_without(known, standpoint.rows);
    if let Some(row) = left_out.first() {
        place.wrong(
            span,
            format!("the step `{step}` is not run in the row `{row}`"),
            "let both run in the same rows: `rows = [...]`",
        );
    }
    named_field(known, fields, span, place);
}

/// The field part of `step.field`, for strings and for checks.
pub(super) fn named_field(step: &Known<'_>, fields: &[&str], span: &Range<usize>, place: &mut Place<'_>) {
    let Known { id: step, verb, fields: known, open, .. } = step;
    let Some((field, members)) = fields.split_first() else {
        place.wrong(
            span,
            format!("`{step}` is a step, not a field of its answer"),
            format!("write `{step}.scope` or another field"),
        );
        return;
    };
    if place.unknown_at(span, field, "field", vocabulary::words(vocabulary::FIELDS)) {
        return;
    }
    if !known.contains(field) && !open {
        let all: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        place.wrong(
            span,
            format!("the step `{step}` (`{verb}`) has no field `{field}`"),
            format!("its fields are {}", all.join(", ")),
        );
    } else if is_run(verb) && REQUESTS.contains(field) {
        match members {
            [] => {}
            [which, rest @ ..] => {
                place.unknown_at(span, which, "word", ["first", "last"].into_iter());
                if rest.len() > 1 {
                    place.wrong(
                        span,
                        format!("`{}` is no parameter of a request", rest.join(".")),
                        format!("write `{step}.{field}.{which}.scope` or another parameter"),
                    );
                }
            }
        }
    } else if let ("challenge", [member, ..]) = (*field, members) {
        place.unknown_at(
            span,
            member,
            "part of a challenge",
            vocabulary::words(vocabulary::CHALLENGE_MEMBERS),
        );
    } else if members.is_empty() && FIELDS_WITH_MEMBERS.contains(field) {
        place.wrong(
            span,
            format!("`{field}` needs a member behind it"),
            format!("write `{step}.{field}.scope` or another member"),
        );
    } else if !members.is_empty()
        && !FIELDS_WITH_MEMBERS.contains(field)
        && !FIELDS_WITH_OR_WITHOUT_MEMBERS.contains(field)
    {
        place.wrong(span, format!("`{field}` has no members"), format!("write `{step}.{field}`"));
    }
}
