//! Reading inputs and replies, with a breach where a reply has not the shape that the protocol gives it.

use std::collections::HashSet;

use serde_json::Value;

use super::{Broken, Reply};

/// A value as it stands in a message: one line of JSON, cut where it is long.
pub(super) fn shown(value: &Value) -> String {
    const MOST: usize = 400;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}... ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}

/// A list of scopes as it stands in a message.
pub(super) fn list<S: AsRef<str>>(scopes: &[S]) -> String {
    shown(&Value::from(scopes.iter().map(|scope| scope.as_ref().to_owned()).collect::<Vec<_>>()))
}

/// The strings of a list in an input. Inputs are generated, so anything else counts as an empty list.
pub(super) fn strings<'v>(input: &'v Value, member: &str) -> Vec<&'v str> {
    input.get(member).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// A string of an input; an empty one where there is none.
pub(super) fn text<'v>(input: &'v Value, member: &str) -> &'v str {
    input.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// The reply of that number, answered; a refusal is a breach.
pub(super) fn answer(output: &[Reply], number: usize) -> Result<&Value, Broken> {
    match output.get(number) {
        Some(Reply::Ok(value)) => Ok(value),
        Some(Reply::Rejected { kind, message }) => {
            Err(Broken::new("an answer", format!("a refusal ({kind}: {message})")))
        }
        Some(Reply::Unsupported { reason }) => {
            Err(Broken::new("an answer", format!("unsupported: {reason}")))
        }
        Some(Reply::Crashed { detail }) => Err(Broken::new("an answer", format!("a crash: {detail}"))),
        Some(Reply::Garbled { detail } | Reply::Silent { detail }) => {
            Err(Broken::new("an answer", detail.clone()))
        }
        None => Err(Broken::new("an answer", "none")),
    }
}

/// The reply of that number where it was answered; `None` where it was refused.
pub(super) fn answer_or_refusal(output: &[Reply], number: usize) -> Result<Option<&Value>, Broken> {
    match output.get(number) {
        Some(Reply::Rejected { .. }) => Ok(None),
        _ => answer(output, number).map(Some),
    }
}

/// A member that is a list of strings.
pub(super) fn scopes<'v>(answer: &'v Value, member: &str) -> Result<Vec<&'v str>, Broken> {
    let all = || answer.get(member)?.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>();
    all().ok_or_else(|| Broken::new(format!("`{member}`, an array of strings"), shown(answer)))
}

/// What an answer calls missing; `None` where the library answers with the decision alone, which the protocol allows.
pub(super) fn told_missing(answer: &Value) -> Result<Option<Vec<&str>>, Broken> {
    if answer.get("missing").is_none_or(Value::is_null) {
        Ok(None)
    } else {
        scopes(answer, "missing").map(Some)
    }
}

/// A member that is a string.
pub(super) fn string<'v>(answer: &'v Value, member: &str) -> Result<&'v str, Broken> {
    let found = answer.get(member).and_then(Value::as_str);
    found.ok_or_else(|| Broken::new(format!("`{member}`, a string"), shown(answer)))
}

/// A member that is a boolean.
pub(super) fn boolean(answer: &Value, member: &str) -> Result<bool, Broken> {
    let found = answer.get(member).and_then(Value::as_bool);
    found.ok_or_else(|| Broken::new(format!("`{member}`, true or false"), shown(answer)))
}

/// Nothing where it holds, else a breach.
pub(super) fn demand(
    holds: bool,
    expected: impl FnOnce() -> String,
    got: impl FnOnce() -> String,
) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken::new(expected(), got())) }
}

/// A list without repetitions, each where it first stood.
pub(super) fn distinct<'s>(scopes: &[&'s str]) -> Vec<&'s str> {
    let mut seen = HashSet::new();
    scopes.iter().copied().filter(|scope| seen.insert(*scope)).collect()
}

/// Those of the first list that are not in the second.
pub(super) fn without<'s>(first: &[&'s str], second: &[&str]) -> Vec<&'s str> {
    let second: HashSet<&str> = second.iter().copied().collect();
    first.iter().copied().filter(|scope| !second.contains(scope)).collect()
}

/// Whether two lists are the same set.
pub(super) fn same_set(first: &[&str], second: &[&str]) -> bool {
    without(first, second).is_empty() && without(second, first).is_empty()
}

/// The list that was answered has to be this set, whatever its order.
pub(super) fn demand_set(expected: &[&str], got: &[&str]) -> Result<(), Broken> {
    demand(same_set(expected, got), || format!("the set {}", list(&distinct(expected))), || list(got))
}

/// The list that was answered has to be this one, order included.
pub(super) fn demand_list(expected: &[&str], got: &[&str]) -> Result<(), Broken> {
    demand(expected == got, || format!("the list {}", list(expected)), || list(got))
}

/// The same set in another guise: backwards, then all of it once more (P13).
pub(super) fn disguised(scopes: &Value) -> Value {
    let scopes = scopes.as_array().cloned().unwrap_or_default();
    scopes.iter().rev().chain(&scopes).cloned().collect()
}

/// What an input grants and what it requires, in one list.
pub(super) fn granted_after_all(input: &Value) -> Value {
    Value::from([strings(input, "granted"), strings(input, "required")].concat())
}

/// The same object with its members backwards (P14).
pub(super) fn backwards(object: &Value) -> Value {
    let members = object.as_object().cloned().unwrap_or_default();
    members.into_iter().rev().collect()
}

/// Whether every octet may stand in a scope token, and there is one (RFC 6749 section 3.3).
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}
