//! The inputs are what the laws need: calls that the protocol knows, and both sides of every decision.

use std::collections::BTreeSet;

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::Value;

use super::plain;
use crate::{
    laws::{
        self, Law,
        reply::{is_token, strings, text, without},
    },
    operations,
};

const CASES: usize = 200;

/// The same inputs every time.
fn inputs(law: &str) -> Vec<Value> {
    let law: &Law = laws::find(law).unwrap();
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = (law.input)();
    (0..CASES).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// How many inputs are so.
fn count(law: &str, so: impl Fn(&Value) -> bool) -> usize {
    inputs(law).iter().filter(|input| so(input)).count()
}

#[test]
fn the_first_call_of_every_law_is_one_of_the_protocol() {
    for law in laws::all() {
        for input in inputs(law.name) {
            let call = (law.calls)(&input, &[]).unwrap_or_else(|| panic!("{} calls nothing", law.name));
            assert!(law.ops.contains(&call.op), "{} calls {}", law.name, call.op);
            let known: BTreeSet<&str> = operations::find(call.op).unwrap().input.iter().copied().collect();
            let given: BTreeSet<&str> = call.input.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(given, known, "{}", law.name);
        }
    }
}

#[test]
fn decisions_are_seen_from_both_sides() {
    let fifth = CASES / 5;
    let all_granted =
        |input: &Value| without(&strings(input, "required"), &strings(input, "granted")).is_empty();
    for law in ["covers-exact", "plan-covered"] {
        let covered = count(law, all_granted);
        assert!((fifth..CASES - fifth).contains(&covered), "{law}: {covered}");
        assert!(
            count(law, |input| all_granted(input) && !strings(input, "required").is_empty()) > CASES / 10
        );
    }
    let supported =
        |input: &Value| without(&strings(input, "baseline"), &strings(input, "supported")).is_empty();
    let valid = count("baseline-first-offender", supported);
    assert!((fifth..CASES - fifth).contains(&valid), "{valid}");
    let narrower = count("ensure-claim-decides", |input| {
        let claimed: Vec<&str> = text(&input["claims"], "scope").split(' ').collect();
        !without(&strings(input, "required"), &claimed).is_empty()
    });
    assert!(narrower > fifth, "{narrower}");
}

#[test]
fn every_refusal_that_a_law_demands_has_its_reason() {
    let malformed =
        |input: &Value| !text(input, "text").split(' ').filter(|piece| !piece.is_empty()).all(is_token);
    assert_eq!(count("parse-refuses-the-rest", malformed), CASES);
    let unsupported =
        |input: &Value| !without(&strings(input, "requested"), &strings(input, "supported")).is_empty();
    assert_eq!(count("registration-unsupported", unsupported), CASES);
    assert_eq!(count("registration-bounds", unsupported), 0);
}

#[test]
fn what_has_to_be_accepted_follows_the_grammar() {
    for law in ["parse-accepts-the-grammar", "claims-like-parse"] {
        assert_eq!(count(law, |input| text(input, "text").split(' ').all(is_token)), CASES, "{law}");
    }
    for (law, lists) in
        [("union-exact", vec!["first", "second"]), ("covers-exact", vec!["granted", "required"])]
    {
        let good = |input: &Value| lists.iter().all(|list| strings(input, list).into_iter().all(is_token));
        assert_eq!(count(law, good), CASES, "{law}");
    }
}

#[test]
fn lists_overlap_and_repeat() {
    let overlap = count("union-exact", |input| {
        let (first, second) = (strings(input, "first"), strings(input, "second"));
        without(&first, &second).len() < first.len()
    });
    assert!(overlap > CASES / 5, "{overlap}");
    let repeated = count("union-exact", |input| {
        let first = strings(input, "first");
        first.iter().collect::<BTreeSet<_>>().len() < first.len()
    });
    assert!(repeated > CASES / 10, "{repeated}");
}

#[test]
fn a_plain_library_keeps_every_law() {
    for law in laws::all()
        .iter()
        .filter(|law| !law.under.contains(&("plan", "two")) && !law.under.contains(&("grant", "joined")))
    {
        for input in inputs(law.name) {
            let put = laws::put(law, &input, &mut plain::answer);
            assert!(
                !matches!(put, Err(_) | Ok(laws::Put::Unsupported { .. })),
                "{}: {input} {put:?}",
                law.name
            );
        }
    }
}

/// A law without an answer is a law without a witness: whoever only refuses has shown nothing.
#[test]
fn every_law_that_applies_is_answered_at_least_once_in_ten_inputs() {
    let other_dialects = ["plan-two-outcomes", "ensure-joined"];
    for law in laws::all().iter().filter(|law| !other_dialects.contains(&law.name)) {
        let put = |input: &Value| laws::put(law, input, &mut plain::answer);
        let answered = count(law.name, |input| put(input) == Ok(laws::Put::Answered));
        assert!(answered > CASES / 10, "{}: {answered}", law.name);
    }
}
