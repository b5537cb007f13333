//! Every law can break: a hand-written deviating subject breaks it, and a hand-written conforming one does not.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail like one")]

mod decisions;
mod readings;
mod sets;

use scopecheck_scenarios::laws::{self, Call, Law, Put, Reply, process, put};
use serde_json::{Value, json};

/// A law with one input and what subjects answer to its calls, in order. A reply is what `ok` holds, or the string `refused`.
struct Proof {
    law: &'static str,
    input: Value,
    conforming: Value,
    /// Each of these breaks the law.
    deviating: Value,
}

fn proof(law: &'static str, input: Value, conforming: Value, deviating: Value) -> Proof {
    Proof { law, input, conforming, deviating }
}

fn proofs() -> Vec<Proof> {
    [readings::proofs(), sets::proofs(), decisions::proofs()].into_iter().flatten().collect()
}

/// A subject that says what is written down for it.
fn replay(replies: &Value) -> impl FnMut(&Call) -> Reply {
    let mut replies = replies.as_array().unwrap().clone().into_iter();
    move |call| match replies.next() {
        Some(Value::String(_)) => Reply::Rejected { kind: "malformed".into(), message: "no".into() },
        Some(answer) => Reply::Ok(answer),
        None => panic!("no reply is left for {call:?}"),
    }
}

fn law_of(proof: &Proof) -> &'static Law {
    laws::find(proof.law).unwrap_or_else(|| panic!("there is no law `{}`", proof.law))
}

#[test]
fn every_law_accepts_what_conforms() {
    for proof in proofs() {
        let put = put(law_of(&proof), &proof.input, &mut replay(&proof.conforming));
        assert!(matches!(put, Ok(Put::Answered | Put::Rejected)), "{}: {put:?}", proof.law);
    }
}

#[test]
fn every_law_refuses_what_deviates_and_says_what_it_expected() {
    let mut said = Vec::new();
    for proof in proofs() {
        for replies in proof.deviating.as_array().unwrap() {
            let broken = put(law_of(&proof), &proof.input, &mut replay(replies));
            let broken = broken.expect_err(&format!("{} holds for {replies}", proof.law));
            said.push(format!("{}: {broken}", proof.law));
        }
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn every_law_is_proven_in_both_directions() {
    let proofs = proofs();
    for law in laws::all() {
        let of_law = || proofs.iter().filter(|proof| proof.law == law.name);
        let deviating: usize = of_law().map(|proof| proof.deviating.as_array().unwrap().len()).sum();
        assert!(of_law().count() > 0 && deviating > 0, "nothing breaks `{}`", law.name);
    }
}

#[test]
fn every_law_has_a_name_a_sentence_and_known_operations_and_semantics() {
    use scopecheck_scenarios::operations::{self, SEMANTICS};
    let mut names = Vec::new();
    for law in laws::all() {
        assert!(!names.contains(&law.name), "`{}` is there twice", law.name);
        names.push(law.name);
        assert!(
            !law.sentence.ends_with('.') && law.sentence.starts_with(char::is_uppercase),
            "{}",
            law.sentence
        );
        assert!(
            law.ops.iter().all(|op| operations::find(op).is_some_and(|op| !op.reference_only)),
            "{}",
            law.name
        );
        for (name, value) in law.under {
            assert!(
                SEMANTICS.iter().any(|(known, values, _)| known == name && values.contains(value)),
                "{name}"
            );
        }
    }
}

#[test]
fn a_crash_breaks_every_law_and_an_unsupported_call_none() {
    for proof in proofs() {
        let crash = &mut |_: &Call| Reply::Crashed { detail: "exit 101".into() };
        assert!(put(law_of(&proof), &proof.input, crash).is_err(), "{}", proof.law);
        let unsupported = &mut |_: &Call| Reply::Unsupported { reason: "not offered".into() };
        assert_eq!(
            put(law_of(&proof), &proof.input, unsupported),
            Ok(Put::Unsupported { reason: "not offered".into() }),
            "{}",
            proof.law
        );
    }
}

#[test]
fn an_answer_of_another_shape_breaks_every_law() {
    for proof in proofs() {
        let empty = &mut |_: &Call| Reply::Ok(json!({}));
        assert!(put(law_of(&proof), &proof.input, empty).is_err(), "{}", proof.law);
    }
}

#[test]
fn the_laws_of_servers_clients_and_stores_break_where_they_should() {
    let said = [
        process::authorize_decides(&["a", "b"], &["a"], true),
        process::authorize_decides(&["a"], &["a", "b"], false),
        process::grant_is_within(&["a", "b"], &["a"], &["a", "b"]),
        process::grant_is_within(&["a", "b"], &["a", "b"], &["a"]),
        process::refresh_is_within(&["a", "b"], &["a"]),
        process::failed_save_changes_nothing(Some(b"old"), Some(b"newer")),
        process::failed_save_changes_nothing(Some(b"old"), None),
        process::one_flow_per_resolution(2),
    ]
    .map(|broken| broken.unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"));
    for holds in [
        process::authorize_decides(&["a"], &["b", "a"], true),
        process::authorize_decides(&["c"], &["b", "a"], false),
        process::grant_is_within(&["a"], &["a", "b"], &["c", "a"]),
        process::refresh_is_within(&[], &["a"]),
        process::failed_save_changes_nothing(None, None),
        process::one_flow_per_resolution(1),
    ] {
        assert_eq!(holds, Ok(()));
    }
}
