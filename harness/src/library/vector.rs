//! The verdict on a vector: one call, and one answer to compare with what the data expects.

use scopecheck_reports::{Difference, Grade, Witness};
use scopecheck_scenarios::{
    laws::Reply,
    model::{Expected, Flag, Json, Vector},
    operations,
};
use serde_json::Value;

use super::{
    Hello, Semantics,
    distance::{Distance, strings},
    emitted,
    show::{brief, listed, shown},
};
use crate::judge::{Judged, Scopes};

/// Why a vector does not apply to a library; `None` where it does.
///
/// What a profile expects instead is expected whatever dialect the library declares.
pub(super) fn spared(vector: &Vector, profiles: &[String], hello: &Hello) -> Option<String> {
    if !hello.offers(vector.op.as_str()) {
        return Some(format!("the library does not offer `{}`", vector.op));
    }
    if profiles.iter().any(|profile| vector.profiles.contains_key(profile)) {
        return None;
    }
    hello.semantics.differs(vector.under.iter().map(|(point, value)| (point.as_str(), value.as_str())))
}

/// Judges the reply to a vector.
pub(super) fn judge(vector: &Vector, profiles: &[String], semantics: &Semantics, reply: &Reply) -> Judged {
    let expected = vector.expected(profiles);
    let op = vector.op.as_str();
    let breach = match reply {
        Reply::Unsupported { reason } => {
            return Judged::plain(Grade::NotApplicable, format!("the library does not do this: {reason}"));
        }
        Reply::Crashed { .. } => {
            return Judged {
                difference: Some(difference(&expected, reply)),
                ..Judged::plain(Grade::Fail, format!("`{op}` of {} crashed", brief(vector.input.text())))
            };
        }
        Reply::Garbled { .. } => {
            return Judged {
                difference: Some(difference(&expected, reply)),
                ..Judged::plain(
                    Grade::Fail,
                    format!(
                        "`{op}` of {} was answered in no words of the protocol",
                        brief(vector.input.text())
                    ),
                )
            };
        }
        Reply::Silent { detail } => {
            return Judged::plain(
                Grade::Blocked,
                format!("`{op}` of {}: {detail}", brief(vector.input.text())),
            );
        }
        Reply::Ok(answer) if is_shapeless(op, answer) => Breach::Shapeless,
        Reply::Ok(answer) => match emitted(vector, answer) {
            Some(_) => Breach::Unreadable,
            None => answered(op, &expected, answer),
        },
        Reply::Rejected { .. } => refused(&expected),
    };
    let witness = Some(Witness {
        event: "answered".to_owned(),
        step: "call".to_owned(),
        exchange: None,
        detail: format!("`{op}` was {}", if matches!(reply, Reply::Ok(_)) { "answered" } else { "refused" }),
    });
    // Whoever follows a profile has settled what the protocol leaves open.
    let settled = profiles.iter().any(|profile| vector.profiles.contains_key(profile));
    let wrong_anyway = matches!(breach, Breach::Forbidden | Breach::Shapeless | Breach::Unreadable);
    if vector.is(Flag::Open) && !settled && !wrong_anyway {
        return Judged {
            observed: Some(behaviour(reply)),
            witness,
            ..Judged::plain(Grade::Observed, format!("`{op}` of {}", brief(vector.input.text())))
        };
    }
    let distance = match breach {
        Breach::None => Distance::Same,
        Breach::By(distance) => distance,
        Breach::Forbidden | Breach::Shapeless | Breach::Unreadable => Distance::Different,
    };
    if distance.is_declared(semantics) {
        return Judged { witness, ..Judged::plain(Grade::Pass, format!("`{op}` answers as expected")) };
    }
    let tolerated = vector.is(Flag::Refusable) && matches!(reply, Reply::Rejected { .. });
    let grade = if distance.is_promised(semantics) && !tolerated { Grade::Fail } else { Grade::Warn };
    let unreadable = match reply {
        Reply::Ok(answer) => emitted(vector, answer),
        _ => None,
    };
    let what = match (distance, breach) {
        (_, Breach::Unreadable) => unreadable.as_deref().unwrap_or("cannot be read back"),
        (Distance::Order, _) => "answers in another order",
        (Distance::Duplicates, _) => "repeats scopes",
        (_, Breach::Forbidden) => "answers what must not come out",
        (_, Breach::Shapeless) => "answers without the member that the protocol asks for",
        _ if matches!(reply, Reply::Rejected { .. }) => "refuses the input",
        _ if expected.ok.is_none() && expected.any_ok.is_empty() => "does not refuse the input",
        _ => "answers something else",
    };
    Judged {
        difference: Some(difference(&expected, reply)),
        witness,
        ..Judged::plain(grade, format!("`{op}` of {} {what}", brief(vector.input.text())))
    }
}

/// What an answer breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Breach {
    /// Nothing.
    None,
    /// It is that far from the nearest answer that is right.
    By(Distance),
    /// It is one of those that are named as wrong.
    Forbidden,
    /// It is a challenge that cannot be read back.
    Unreadable,
    /// It says nothing: the member that every answer to the operation has is not there.
    Shapeless,
}

/// Whether an answer lacks what every answer to the operation says, the first member of its row in the protocol. Where only wrong answers are named,
/// an answer that says nothing would be right otherwise.
fn is_shapeless(op: &str, answer: &Value) -> bool {
    let row = operations::find(op).filter(|row| !row.reference_only);
    row.and_then(|row| row.ok.first()).is_some_and(|member| answer.get(member).is_none_or(Value::is_null))
}

/// What is wrong with a challenge that was written; `None` for every other operation, and where only wrong spellings are listed: each of those vectors is about
/// one of them, and a header that cannot be read at all is told once.
fn emitted(vector: &Vector, answer: &Value) -> Option<String> {
    let written =
        vector.op.as_str() == "emit_challenge" && (vector.ok.is_some() || !vector.any_ok.is_empty());
    written.then(|| emitted::fault(vector.input.text(), answer)).flatten()
}

fn answered(op: &str, expected: &Expected, answer: &Value) -> Breach {
    let answer = &named(op, answer);
    let distance = |to: &Json| {
        to.value().map_or(Distance::Different, |to| Distance::between(&comparable(op, to, answer), answer))
    };
    // Neither order nor repetition makes a wrong answer right.
    if expected.not_ok.0.iter().any(|wrong| distance(wrong) < Distance::Different) {
        return Breach::Forbidden;
    }
    match expected.ok.iter().chain(&expected.any_ok).map(distance).min() {
        Some(Distance::Same) => Breach::None,
        Some(distance) => Breach::By(distance),
        // Where only wrong answers are named, every other one is right.
        None if expected.rejected => Breach::By(Distance::Different),
        None => Breach::None,
    }
}

/// An answer without the members that the protocol has no name for: what a library says beside is its own affair.
fn named(op: &str, answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let (Some(row), Some(members)) = (operations::find(op), answer.as_object_mut()) {
        members.retain(|member, _| row.ok.contains(&member.as_str()));
    }
    answer
}

/// What is expected without the members that an answer may leave out, and does.
fn comparable(op: &str, mut expected: Value, answer: &Value) -> Value {
    if let Some(members) = expected.as_object_mut() {
        members.retain(|member, _| {
            answer.get(member).is_some() || !operations::may_omit(op).contains(&member.as_str())
        });
    }
    expected
}

fn refused(expected: &Expected) -> Breach {
    let names_an_answer = expected.ok.is_some() || !expected.any_ok.is_empty();
    if expected.rejected || !names_an_answer { Breach::None } else { Breach::By(Distance::Different) }
}

/// The name of what a library does where the protocol leaves it open: the answer itself, or that there is none.
fn behaviour(reply: &Reply) -> String {
    match reply {
        Reply::Ok(answer) => brief(&answer.to_string()),
        _ => "rejected".to_owned(),
    }
}

fn difference(expected: &Expected, reply: &Reply) -> Difference {
    let right: Vec<&Json> = expected.ok.iter().chain(&expected.any_ok).collect();
    let mut words: Vec<String> = right.iter().map(|json| brief(json.text())).collect();
    if expected.rejected {
        words.push("a refusal".to_owned());
    }
    words.extend(expected.not_ok.0.iter().map(|json| format!("not {}", brief(json.text()))));
    let (missing, extra) = match (right.as_slice(), reply) {
        ([only], Reply::Ok(answer)) => {
            only.value().map_or_else(Default::default, |only| lists(&only, answer))
        }
        _ => Default::default(),
    };
    Difference { expected: words.join(" | "), actual: shown(reply), missing, extra }
}

/// What is missing and what is extra, where both hold one list of strings under the same name.
fn lists(expected: &Value, actual: &Value) -> (Vec<String>, Vec<String>) {
    let Some(members) = expected.as_object() else { return Default::default() };
    let mut lists = members.iter().filter_map(|(name, value)| {
        let list = |value: &Value| value.as_array().and_then(|list| strings(list).map(Scopes::collect));
        Some((list(value)?, list(actual.get(name)?)?))
    });
    match (lists.next(), lists.next()) {
        (Some((one, other)), None) => (listed(&one.minus(&other)), listed(&other.minus(&one))),
        _ => Default::default(),
    }
}
