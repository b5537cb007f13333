//! What the members of inputs and answers hold, as JSON Schema.

use serde_json::{Map, Value, json};

use crate::operations::{Operation, may_omit};

/// The name of the definition of a text.
const TEXT: &str = "#/$defs/Text";

/// The definition of a text, which the members refer to.
pub(super) fn text() -> (String, Value) {
    let text = json!({
        "description": "A string. One that is not valid UTF-8 travels as its octets in hexadecimal.",
        "anyOf": [
            { "type": "string" },
            {
                "type": "object",
                "properties": { "hex": { "type": "string", "pattern": "^([0-9A-Fa-f]{2})*$" } },
                "required": ["hex"],
                "additionalProperties": false,
            },
        ],
    });
    ("Text".to_owned(), text)
}

/// The input of an operation.
pub(super) fn input(operation: &Operation) -> Value {
    let members = operation.input.iter().map(|member| (*member, asked(operation.word, member)));
    object(&members.collect::<Vec<_>>())
}

/// The answer of an operation.
pub(super) fn ok(operation: &Operation) -> Value {
    if operation.word == "plan_step_up" {
        return plan();
    }
    let omitted = may_omit(operation.word);
    let members = operation.ok.iter().map(|member| {
        let value = answered(member);
        (*member, if omitted.contains(member) { or_null(&value) } else { value })
    });
    let mut answer = object(&members.collect::<Vec<_>>());
    if let Some(required) = answer.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|member| !omitted.iter().any(|omitted| member == omitted));
    }
    answer
}

/// A plan names what is to be asked for, or what is missing, and never both.
fn plan() -> Value {
    let plan = |word: &str| ("plan", json!({ "const": word }));
    json!({
        "anyOf": [
            object(&[plan("covered")]),
            object(&[plan("reauthenticate"), ("request", texts())]),
            object(&[plan("missing"), ("missing", texts())]),
        ],
    })
}

fn asked(op: &str, member: &str) -> Value {
    match (op, member) {
        ("ensure_granted", "claims") => json!({ "type": ["object", "null"] }),
        ("expand_registration", "requested") => or_null(&texts()),
        (_, "claims" | "response") => json!({ "type": "object" }),
        (_, "interactive") => json!({ "type": "boolean" }),
        (_, "error") => or_null(&one_text()),
        (_, "text" | "token" | "header") => one_text(),
        _ => texts(),
    }
}

fn answered(member: &str) -> Value {
    match member {
        "covered" | "granted" | "expanded" | "valid" => json!({ "type": "boolean" }),
        "text" | "header" | "offending" | "error" => one_text(),
        _ => texts(),
    }
}

fn one_text() -> Value {
    json!({ "$ref": TEXT })
}

fn texts() -> Value {
    json!({ "type": "array", "items": one_text() })
}

fn or_null(value: &Value) -> Value {
    json!({ "anyOf": [value, { "type": "null" }] })
}

/// An object that has these members and no others.
fn object(members: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": names, "additionalProperties": false })
}
