//! Outcome tables: known patterns, every row reachable, `else` last.

use super::{check, expect, place::Place, scope::Scope};
use crate::{
    model::{Check, OutcomeRow, Word},
    vocabulary,
};

/// How many outcomes of the vocabulary may carry a suffix: the first ones of the list.
const WITH_SUFFIX: usize = 6;

pub(super) fn lint(check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    let span = place.key(&check.id, "outcomes");
    let counts = check.outcomes.iter().any(|row| row.count.is_some() || row.at_most.is_some());
    if counts {
        counted(check, scope, place);
    } else if let Some(of) = &check.of {
        if let Some((events, verb)) = check::step(of, check, scope, "step", place)
            && !events.is_empty()
            && !events.contains(&"decided")
            && verb != "discover"
            && !expect::is_run(verb)
        {
            place.wrong(
                &of.span,
                format!("the step `{of}` (`{verb}`) has no outcome"),
                "name a step that the subject accepts or refuses",
            );
        }
        reachable(check, place);
    } else {
        place.wrong(&span, "this table does not say whose outcome it judges", "write `of = \"STEP\"`");
    }
    for row in &check.outcomes {
        shape(row, check, place);
        for spec in row.grade.iter().chain(&row.r#else) {
            for profile in spec.profiles.keys() {
                let span = place.inside(&(span.start..place.text().len()), profile);
                place.unknown_at(&span, profile, "profile", vocabulary::words(vocabulary::PROFILES));
            }
        }
    }
    match check.outcomes.iter().position(|row| row.r#else.is_some()) {
        None => place.wrong(
            &span,
            "this table has no row for what nothing else matches",
            "end it with `{ else = \"warn\" }`",
        ),
        Some(at) if at + 1 < check.outcomes.len() => {
            place.wrong(&span, "rows behind `else` are never reached", "put `{ else = ... }` last");
        }
        Some(_) => {}
    }
}

/// A row has a condition and a grade, or is `else`.
fn shape(row: &OutcomeRow, check: &Check, place: &mut Place<'_>) {
    let near = row.is.as_ref().and_then(|list| list.0.first()).unwrap_or(&check.id);
    let span = if row.is.is_some() { near.span.clone() } else { place.key(&check.id, "outcomes") };
    let conditions = [row.is.is_some(), row.r#else.is_some(), row.count.is_some() || row.at_most.is_some()];
    if conditions.into_iter().filter(|set| *set).count() != 1 {
        place.wrong(
            &span,
            "a row of this table has one condition",
            "write `is`, `at-most` or `else`, and one of them only",
        );
    }
    if row.r#else.is_some() == row.grade.is_some() {
        place.wrong(
            &span,
            "a row of this table has one grade",
            "write `{ is = \"exact\", grade = \"pass\" }`, or `{ else = \"warn\" }`",
        );
    }
    if row.is.as_ref().is_some_and(|list| list.0.is_empty()) {
        place.wrong(&span, "this row names no outcome", "name at least one");
    }
}

/// Every pattern known, and none that earlier rows have matched already.
fn reachable(check: &Check, place: &mut Place<'_>) {
    let patterns: Vec<&Word> =
        check.outcomes.iter().filter_map(|row| row.is.as_ref()).flat_map(|list| &list.0).collect();
    let universe = universe(&patterns);
    let mut seen: Vec<&str> = Vec::new();
    for pattern in patterns {
        let matched: Vec<&str> = universe
            .iter()
            .map(String::as_str)
            .filter(|outcome| matches(pattern.as_str(), outcome))
            .collect();
        if matched.is_empty() {
            let known = vocabulary::words(vocabulary::OUTCOMES);
            let help =
                Place::suggestion(pattern.value.split('+').next().unwrap_or_default(), "outcome", known);
            let suffixes = "a suffix is `+unsaid` or `+misstated`, and only outcomes with a set have one";
            place.wrong(
                &pattern.span,
                format!("unknown outcome `{pattern}`"),
                if pattern.value.contains('+') { suffixes.to_owned() } else { help },
            );
        } else if matched.iter().all(|outcome| seen.contains(outcome)) {
            place.wrong(
                &pattern.span,
                format!("`{pattern}` is never reached: earlier rows match it"),
                "move it up, or leave it out",
            );
        }
        seen.extend(matched);
    }
}

/// Every outcome that can come out, with the error codes that the table names and one that it does not.
fn universe(patterns: &[&Word]) -> Vec<String> {
    let mut all = Vec::new();
    for (number, word) in vocabulary::words(vocabulary::OUTCOMES).enumerate() {
        if word == "refused:CODE" {
            let named = patterns
                .iter()
                .filter_map(|pattern| pattern.value.strip_prefix("refused:"))
                .filter(|code| is_code(code));
            all.extend(named.chain(["some_other_code"]).map(|code| format!("refused:{code}")));
            continue;
        }
        all.push(word.to_owned());
        if number < WITH_SUFFIX {
            all.extend(
                vocabulary::words(vocabulary::OUTCOME_SUFFIXES).map(|suffix| format!("{word}+{suffix}")),
            );
        }
    }
    all
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Whether a pattern, in which `*` stands for any text, matches an outcome.
fn matches(pattern: &str, outcome: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == outcome,
        Some((head, tail)) => outcome.strip_prefix(head).is_some_and(|rest| {
            (0..=rest.len()).any(|start| rest.is_char_boundary(start) && matches(tail, &rest[start..]))
        }),
    }
}

/// A table of counts: one thing is counted, and the limits grow.
fn counted(check: &Check, scope: &Scope<'_>, place: &mut Place<'_>) {
    let span = place.key(&check.id, "outcomes");
    if let Some(of) = &check.of {
        place.wrong(
            &of.span,
            "`of` goes with outcomes, not with counts",
            "leave it out; the first row names what is counted",
        );
    }
    match check.outcomes.first().and_then(|row| row.count.as_ref()) {
        None => place.wrong(
            &span,
            "this table does not say what it counts",
            "begin it with `{ count = \"STEP.authorize\", at-most = 3, grade = \"pass\" }`",
        ),
        Some(word) => {
            let id = Word {
                value: word.value.split('.').next().unwrap_or_default().to_owned(),
                span: word.span.clone(),
            };
            if let Some((_, verb)) = check::step(&id, check, scope, "step", place)
                && !expect::is_run(verb)
            {
                place.wrong(
                    &word.span,
                    format!("the step `{id}` (`{verb}`) sends one request"),
                    "only runs of a client are counted",
                );
            }
            let request = word.value.split_once('.').map_or("", |(_, request)| request);
            place.unknown_at(&word.span, request, "request", vocabulary::COUNTED.iter().copied());
        }
    }
    let limits: Vec<u64> = check.outcomes.iter().filter_map(|row| row.at_most).collect();
    if limits.windows(2).any(|pair| pair[0] >= pair[1]) {
        place.wrong(&span, "a row of this table is never reached", "let the limits grow from row to row");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(matches("refused:*", "refused:invalid_scope"));
        assert!(matches("*+unsaid", "narrower+unsaid"));
        assert!(!matches("refused:*", "refused-elsewhere"));
        assert!(!matches("exact", "exact+unsaid"));
    }
}
