//! Whether what is expected holds.

use scopecheck_reports::Difference;
use scopecheck_scenarios::model::{Expect, IsRef, SetRef};
use serde_json::Value;

use super::{Reading, Scopes, StepState, Unavailable, granted, keeps_grammar, read_set};

/// Texts up to this length stand in a sentence.
const SHORT: usize = 60;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether the expectation holds.
    pub holds: bool,
    /// What was compared, in one sentence.
    pub message: String,
    /// Expected and actual, where they differ.
    pub difference: Option<Difference>,
}

/// A finding in the words for its outcome: `met` if it holds, else `broken`.
fn found(holds: bool, met: impl Into<String>, broken: impl Into<String>, difference: Difference) -> Finding {
    let message = if holds { met.into() } else { broken.into() };
    Finding { holds, message, difference: (!holds).then_some(difference) }
}

fn difference(expected: &str, actual: &str, missing: Vec<String>, extra: Vec<String>) -> Difference {
    Difference { expected: expected.to_owned(), actual: actual.to_owned(), missing, extra }
}

/// Evaluates an expectation against the recorded answers.
pub fn evaluate(expect: &Expect, reading: Reading<'_>) -> Result<Finding, Unavailable> {
    if let Some(inner) = &expect.not {
        let finding = evaluate(inner, reading)?;
        return Ok(Finding {
            holds: !finding.holds,
            message: format!("not: {}", finding.message),
            difference: None,
        });
    }
    sets(expect, reading).or_else(|| fields(expect, reading)).unwrap_or_else(|| {
        Err(Unavailable::blocked("the case expects nothing; `scopecheck case lint` says where"))
    })
}

fn sets(expect: &Expect, reading: Reading<'_>) -> Option<Result<Finding, Unavailable>> {
    let two = |pair: &[SetRef]| -> Result<(Scopes, Scopes), Unavailable> {
        match pair {
            [first, second] => Ok((read_set(first, reading)?, read_set(second, reading)?)),
            _ => Err(Unavailable::blocked("this word compares two sets")),
        }
    };
    if let Some(pair) = &expect.exactly {
        return Some(two(pair).map(|(actual, expected)| {
            found(
                actual == expected,
                format!("`{actual}` is what is expected, in that order"),
                format!("`{actual}` is not `{expected}` in that order"),
                difference(
                    &expected.to_string(),
                    &actual.to_string(),
                    expected.minus(&actual),
                    actual.minus(&expected),
                ),
            )
        }));
    }
    if let Some(pair) = &expect.same_set {
        return Some(two(pair).map(|(actual, expected)| {
            found(
                actual.same(&expected),
                format!("`{actual}` and `{expected}` are the same set"),
                format!("`{actual}` is not the set `{expected}`"),
                difference(
                    &expected.to_string(),
                    &actual.to_string(),
                    expected.minus(&actual),
                    actual.minus(&expected),
                ),
            )
        }));
    }
    if let Some(pair) = &expect.contains {
        return Some(two(pair).map(|(whole, part)| {
            found(
                part.within(&whole),
                format!("`{whole}` contains `{part}`"),
                format!("`{whole}` lacks `{}`", part.minus(&whole).join(" ")),
                difference(&format!("at least {part}"), &whole.to_string(), part.minus(&whole), Vec::new()),
            )
        }));
    }
    if let Some(pair) = &expect.within {
        return Some(two(pair).map(|(part, whole)| {
            found(
                part.within(&whole),
                format!("`{part}` lies within `{whole}`"),
                format!("`{part}` goes beyond `{whole}`"),
                difference(&format!("at most {whole}"), &part.to_string(), Vec::new(), part.minus(&whole)),
            )
        }));
    }
    if let Some(pair) = &expect.disjoint {
        return Some(two(pair).map(|(kept_out, actual)| {
            found(
                kept_out.shared(&actual).is_empty(),
                format!("`{actual}` holds nothing of `{kept_out}`"),
                format!("`{actual}` holds `{}`", kept_out.shared(&actual).join(" ")),
                difference(
                    &format!("nothing of {kept_out}"),
                    &actual.to_string(),
                    Vec::new(),
                    kept_out.shared(&actual),
                ),
            )
        }));
    }
    expect.one_of.as_ref().map(|candidates| one_of(candidates, expect.is.as_ref(), reading))
}

fn one_of(candidates: &[SetRef], is: Option<&IsRef>, reading: Reading<'_>) -> Result<Finding, Unavailable> {
    let Some(IsRef::Set(actual)) = is else {
        return Err(Unavailable::blocked("`one-of` judges the set in `is`"));
    };
    let actual = read_set(actual, reading)?;
    let candidates = candidates.iter().map(|set| read_set(set, reading)).collect::<Result<Vec<_>, _>>()?;
    let words: Vec<String> = candidates.iter().map(ToString::to_string).collect();
    Ok(found(
        candidates.iter().any(|candidate| candidate.same(&actual)),
        format!("`{actual}` is one of `{}`", words.join("`, `")),
        format!("`{actual}` is none of `{}`", words.join("`, `")),
        difference(&words.join(" | "), &actual.to_string(), Vec::new(), Vec::new()),
    ))
}

fn fields(expect: &Expect, reading: Reading<'_>) -> Option<Result<Finding, Unavailable>> {
    if let Some(path) = &expect.absent {
        return Some(reading.value(path.as_str()).map(|value| {
            found(
                value.is_none(),
                format!("`{path}` is absent"),
                format!("`{path}` is present"),
                difference("absent", &shown(value), Vec::new(), Vec::new()),
            )
        }));
    }
    if let Some(path) = &expect.present {
        return Some(reading.value(path.as_str()).map(|value| {
            found(
                value.is_some(),
                format!("`{path}` is present"),
                format!("`{path}` is absent"),
                difference("present", "absent", Vec::new(), Vec::new()),
            )
        }));
    }
    if let Some(wanted) = &expect.status {
        let Some(IsRef::Step(step)) = &expect.is else {
            return Some(Err(Unavailable::blocked("`status` judges the step in `is`")));
        };
        return Some(reading.answer(step.as_str()).map(|answer| {
            let status = answer.field(&["status"]).and_then(Value::as_u64).unwrap_or_default();
            let words: Vec<String> = wanted.0.iter().map(ToString::to_string).collect();
            found(
                wanted.0.iter().any(|wanted| u64::from(*wanted) == status),
                format!("HTTP status {status}"),
                format!("HTTP status {status}, not {}", words.join(" or ")),
                difference(&words.join(" or "), &status.to_string(), Vec::new(), Vec::new()),
            )
        }));
    }
    if let Some(path) = &expect.grammar {
        return Some(reading.value(path.as_str()).map(|value| {
            let holds = match value {
                None => true,
                Some(Value::String(text)) => keeps_grammar(text),
                Some(_) => false,
            };
            let expected = "scope tokens joined by one space each";
            found(
                holds,
                format!("`{path}` follows the grammar"),
                format!("`{path}` breaks the grammar of RFC 6749 section 3.3"),
                difference(expected, &shown(value), Vec::new(), Vec::new()),
            )
        }));
    }
    if let Some(spec) = &expect.json_type {
        let of = spec.of.as_str();
        // What is not there has no type, and neither this word nor its opposite can be said of it.
        let absent =
            || Unavailable::not_applicable(format!("`{of}` is absent, so there is nothing to judge"));
        return Some(reading.value(of).and_then(|value| value.ok_or_else(absent)).map(|value| {
            // A null is judged by the check that asks for it, and by no other.
            let wanted = spec.is.as_str();
            found(
                type_of(value) == wanted || (value.is_null() && wanted != "null"),
                format!("`{}` is of type {}", spec.of, spec.is),
                format!("`{}` is not of type {}", spec.of, spec.is),
                difference(spec.is.as_str(), &shown(Some(value)), Vec::new(), Vec::new()),
            )
        }));
    }
    if let Some(path) = &expect.error_text {
        return Some(reading.value(path.as_str()).map(|value| {
            let holds = value.is_none_or(|value| {
                value.as_str().is_some_and(|text| {
                    text.bytes().all(|b| matches!(b, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E))
                })
            });
            let expected = "octets 0x20-0x21, 0x23-0x5B, 0x5D-0x7E only";
            found(
                holds,
                format!("`{path}` keeps to its octets"),
                format!("`{path}` holds octets that may not stand there"),
                difference(expected, &shown(value), Vec::new(), Vec::new()),
            )
        }));
    }
    if let Some(texts) = &expect.same_text {
        let texts = texts.iter().map(|text| reading.text_if_any(text)).collect::<Result<Vec<_>, _>>();
        return Some(texts.map(|texts| {
            let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "absent".to_owned());
            let holds = texts.windows(2).all(|pair| pair[0] == pair[1]);
            let words: Vec<String> = texts.iter().map(shown).collect();
            let (first, last) =
                (words.first().cloned().unwrap_or_default(), words.last().cloned().unwrap_or_default());
            let short = first.len().max(last.len()) <= SHORT;
            let differ =
                if short { format!("`{first}` is not `{last}`") } else { "the texts differ".to_owned() };
            found(holds, "the texts are the same", differ, difference(&last, &first, Vec::new(), Vec::new()))
        }));
    }
    expect.same_outcome.as_ref().map(|steps| same_outcome(steps, reading))
}

fn same_outcome(
    steps: &[scopecheck_scenarios::model::Word],
    reading: Reading<'_>,
) -> Result<Finding, Unavailable> {
    let mut ends = Vec::with_capacity(steps.len());
    for step in steps {
        let answer = reading.answer(step.as_str())?;
        let end = if answer.outcome.is_accepted() {
            let mut scopes: Vec<String> = granted(answer).iter().map(str::to_owned).collect();
            scopes.sort();
            format!("granted {}", if scopes.is_empty() { "(none)".to_owned() } else { scopes.join(" ") })
        } else {
            answer.outcome.to_string()
        };
        ends.push((step.as_str(), end));
    }
    let holds = ends.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let shown: Vec<String> = ends.iter().map(|(step, end)| format!("{step}: {end}")).collect();
    let (first, last) =
        (shown.first().cloned().unwrap_or_default(), shown.last().cloned().unwrap_or_default());
    Ok(found(
        holds,
        format!("the same outcome ({})", shown.join("; ")),
        format!("the outcomes differ ({})", shown.join("; ")),
        difference(&first, &last, Vec::new(), Vec::new()),
    ))
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "absent".to_owned(), |value| format!("{} {value}", type_of(value)))
}

/// Whether a step was accepted: what `control` asks for.
pub(crate) fn accepted(reading: Reading<'_>, step: &str) -> Result<(), Unavailable> {
    match reading.answers.get(step) {
        Some(StepState::Ran(answer)) if answer.outcome.is_accepted() => Ok(()),
        Some(StepState::Ran(answer)) => Err(Unavailable::blocked(format!(
            "the control `{step}` should have been accepted, but ended as {}",
            answer.ended()
        ))),
        _ => reading.answer(step).map(|_| ()),
    }
}
