//! The JSON Schemas of the adapter protocol, both ways: whatever the suite asks and the reference adapter answers is in them, and each breach is not.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use scopecheck_reference::{adapter, library::Library};
use scopecheck_scenarios::{
    catalog::Catalog,
    laws::{self, Reply, put},
    operations, schema,
};
use serde_json::{Value, json};

/// How many inputs are generated for each law.
const INPUTS: usize = 50;

static REQUEST: LazyLock<Validator> = LazyLock::new(|| validator("adapter-request.schema.json"));
static REPLY: LazyLock<Validator> = LazyLock::new(|| validator("adapter-reply.schema.json"));

fn validator(name: &str) -> Validator {
    let (_, schema) = schema::all().into_iter().find(|(known, _)| *known == name).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// What the reference adapter writes after this line.
fn answered(line: &str) -> Vec<Value> {
    let mut output = Vec::new();
    let status = adapter::run(line.as_bytes(), &mut output, &Library::default()).unwrap();
    assert_eq!(status, 0);
    let text = String::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Makes a call; both of its lines have to be in the schemas.
fn call(op: &str, input: &str) -> Value {
    let line = format!("{{\"seq\":1,\"op\":\"{op}\",\"input\":{input}}}");
    let request: Value = serde_json::from_str(&line).unwrap();
    assert!(REQUEST.is_valid(&request), "{line}");
    let [reply] = <[Value; 1]>::try_from(answered(&line)).unwrap();
    assert!(REPLY.is_valid(&reply), "{reply} to {line}");
    reply
}

/// Whether an operation is one of the protocol.
fn is_of_protocol(op: &str) -> bool {
    operations::find(op).is_some_and(|operation| !operation.reference_only)
}

#[test]
fn every_vector_and_its_reply_are_in_the_schemas() {
    let catalog = Catalog::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    let vectors = catalog.cases.values().filter_map(|loaded| loaded.case.vector.as_ref());
    let vectors: Vec<_> = vectors.filter(|vector| is_of_protocol(vector.op.as_str())).collect();
    for vector in &vectors {
        call(vector.op.as_str(), vector.input.text());
    }
    assert!(vectors.len() > 500, "only {} vectors", vectors.len());
}

#[test]
fn every_call_of_a_law_and_its_reply_are_in_the_schemas() {
    let mut runner = TestRunner::deterministic();
    for law in laws::all() {
        let strategy = (law.input)();
        for _ in 0..INPUTS {
            let input = strategy.new_tree(&mut runner).unwrap().current();
            // Laws of other dialects may be broken here; what counts is that their calls are made.
            let _ = put(law, &input, &mut |made| {
                let mut reply = call(made.op, &made.input.to_string());
                let text = |said: &Value| said.as_str().unwrap_or_default().to_owned();
                match reply.get_mut("ok").map(Value::take) {
                    Some(answer) => Reply::Ok(answer),
                    None => Reply::Rejected {
                        kind: text(&reply["rejected"]["kind"]),
                        message: text(&reply["rejected"]["message"]),
                    },
                }
            });
        }
    }
}

#[test]
fn the_first_and_the_last_lines_are_in_the_schemas() {
    let hello = json!({ "hello": { "protocol": 1, "suite": "scopecheck 0.1.0" } });
    let bye = json!({ "bye": {} });
    assert!(REQUEST.is_valid(&hello) && REQUEST.is_valid(&bye));
    let said = answered(&format!("{hello}\n{bye}\n"));
    assert_eq!(said.len(), 1);
    assert!(REPLY.is_valid(&said[0]), "{}", said[0]);
}

#[test]
fn every_form_of_a_reply_is_in_the_schema() {
    let replies = [
        json!({ "seq": 1, "ok": { "scopes": ["a", { "hex": "61ff" }] } }),
        json!({ "seq": 2, "ok": { "plan": "reauthenticate", "request": ["a"] } }),
        json!({ "seq": 3, "ok": { "scopes": ["a"], "error": null } }),
        json!({ "seq": 3, "ok": { "covered": true } }),
        json!({ "seq": 4, "rejected": { "kind": "malformed", "message": "a tab" } }),
        json!({ "seq": 5, "unsupported": { "reason": "no such function" } }),
        json!({ "seq": 6, "crashed": { "detail": "ValueError" } }),
        json!({ "hello": { "name": "x", "version": "1", "operations": [] } }),
    ];
    for reply in replies {
        assert!(REPLY.is_valid(&reply), "{reply}");
    }
}

#[test]
fn each_breach_of_a_line_is_refused() {
    let hello = |change: Value| {
        let mut hello = json!({ "name": "x", "version": "1", "operations": ["parse"] });
        hello.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "hello": hello })
    };
    let wrong = [
        json!(["a"]),
        json!("parsing a b"),
        json!({}),
        json!({ "seq": 1 }),
        json!({ "ok": { "scopes": [] } }),
        json!({ "seq": null, "ok": { "scopes": [] } }),
        json!({ "seq": "1", "ok": { "scopes": [] } }),
        json!({ "seq": -1, "ok": { "scopes": [] } }),
        json!({ "seq": 1.5, "ok": { "scopes": [] } }),
        json!({ "seq": 1, "ok": ["a"] }),
        json!({ "seq": 1, "ok": "a" }),
        json!({ "seq": 1, "ok": {} }),
        json!({ "seq": 1, "ok": { "scope": ["a"] } }),
        json!({ "seq": 1, "ok": { "scopes": "a" } }),
        json!({ "seq": 1, "ok": { "scopes": [{ "hex": "6" }] } }),
        json!({ "seq": 1, "ok": { "covered": "yes", "missing": [] } }),
        json!({ "seq": 1, "ok": { "plan": "login" } }),
        json!({ "seq": 1, "ok": { "plan": "missing" } }),
        json!({ "seq": 1, "ok": { "scopes": [] }, "crashed": { "detail": "x" } }),
        json!({ "seq": 1, "rejected": "malformed" }),
        json!({ "seq": 1, "rejected": null }),
        json!({ "seq": 1, "refused": {} }),
        hello(json!({ "operations": ["normalise"] })),
        hello(json!({ "operations": "parse" })),
        hello(json!({ "operations": ["match"] })),
        hello(json!({ "semantics": { "colour": "red" } })),
        hello(json!({ "semantics": { "separators": "comma" } })),
        hello(json!({ "max_in_flight": 0 })),
        hello(json!({ "name": "" })),
        hello(json!({ "version": null })),
    ];
    for line in wrong {
        assert!(!REPLY.is_valid(&line), "{line}");
    }
}

#[test]
fn a_request_that_is_not_of_the_protocol_is_refused() {
    let wrong = [
        json!({ "hello": { "protocol": 2, "suite": "scopecheck" } }),
        json!({ "seq": 1, "op": "match", "input": { "strategy": "exact", "held": "a", "asked": "a" } }),
        json!({ "seq": 1, "op": "parse", "input": {} }),
        json!({ "seq": 1, "op": "parse", "input": { "text": "a", "more": 1 } }),
        json!({ "seq": 1, "op": "union", "input": { "first": ["a"] } }),
        json!({ "op": "parse", "input": { "text": "a" } }),
        json!({ "bye": null }),
    ];
    for line in wrong {
        assert!(!REQUEST.is_valid(&line), "{line}");
    }
}
