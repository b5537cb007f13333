//! The schemas of the lines of both sides.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{Crashed, Farewell, Greeting, Rejected, Unsupported, Welcome, member};
use crate::operations::{OPERATIONS, Operation};

/// What the suite writes.
pub(crate) fn request() -> Value {
    let mut generator = generator();
    let mut lines = vec![of::<Greeting>(&mut generator)];
    lines.extend(of_protocol().map(call));
    lines.push(of::<Farewell>(&mut generator));
    line("A line of the adapter protocol, from the suite to the adapter.", &lines, generator)
}

/// What an adapter writes.
pub(crate) fn reply() -> Value {
    let mut generator = generator();
    let mut lines = vec![of::<Welcome>(&mut generator), answer()];
    for (member, schema) in [
        ("rejected", of::<Rejected>(&mut generator)),
        ("unsupported", of::<Unsupported>(&mut generator)),
        ("crashed", of::<Crashed>(&mut generator)),
    ] {
        lines.push(numbered(json!({ member: schema }), &[member]));
    }
    line("A line of the adapter protocol, from the adapter to the suite.", &lines, generator)
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}

fn of_protocol() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().filter(|operation| !operation.reference_only)
}

/// A call of an operation.
fn call(operation: &Operation) -> Value {
    let members = json!({ "op": { "const": operation.word }, "input": member::input(operation) });
    let mut call = numbered(members, &["op", "input"]);
    if let Some(call) = call.as_object_mut() {
        call.insert("description".to_owned(), operation.doc.into());
        call.insert("additionalProperties".to_owned(), false.into());
    }
    call
}

/// A reply with an answer. Which operation was called stands in the line of the call, so the answer of any will do.
fn answer() -> Value {
    let mut answers: Vec<Value> = Vec::new();
    for answer in of_protocol().map(member::ok) {
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    numbered(json!({ "ok": { "anyOf": answers } }), &["ok"])
}

/// An object with `seq` and these members. Of a reply that has two of the four, two of the alternatives hold, and it is refused.
fn numbered(mut properties: Value, required: &[&str]) -> Value {
    let seq = json!({ "type": "integer", "minimum": 0, "description": "The number of the call, which its reply repeats." });
    if let Some(properties) = properties.as_object_mut() {
        properties.insert("seq".to_owned(), seq);
    }
    let required: Vec<&str> = std::iter::once("seq").chain(required.iter().copied()).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// The whole schema: one of these lines.
fn line(title: &str, lines: &[Value], mut generator: SchemaGenerator) -> Value {
    let mut definitions: Map<String, Value> = generator.take_definitions(true);
    definitions.extend([member::text()]);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": "One JSON object on one line, in UTF-8, at most 16 MiB; strings are Unicode, but for those that a test needs otherwise.",
        "oneOf": lines,
        "$defs": definitions,
    })
}
