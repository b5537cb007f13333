//! The laws that operations can show, against the reference library: 1,000 inputs each.

use std::{collections::BTreeSet, fs, path::Path};

use proptest::test_runner::{TestCaseError, TestError};
use scopecheck_reference::{
    faults,
    library::{Library, LibraryProfile},
};
use scopecheck_scenarios::laws::{self, Broken, Law, Put, put};
use serde_json::{Value, json};

use crate::reply::ask;

const CASES: u32 = 1_000;

/// Puts one input to the library.
fn judge(law: &Law, library: &Library, input: &Value) -> Result<Put, Broken> {
    put(law, input, &mut |call| ask(library, call.op, &call.input.to_string()))
}

/// Whether the library declares all that the law rests on.
fn applies(law: &Law, library: &Library) -> bool {
    let semantics = library.semantics();
    law.under.iter().all(|(choice, value)| semantics[*choice] == *value)
}

/// The smallest input that breaks a law, in the form in which findings are kept.
fn finding(law: &Law, library: &Library, cases: u32) -> Option<Value> {
    // Only the reference leaves the seed of a failure behind.
    let told =
        crate::runner(cases, cases == CASES).run(&(law.input)(), |input| match judge(law, library, &input) {
            Ok(Put::Unsupported { reason }) => Err(TestCaseError::fail(format!("unsupported: {reason}"))),
            Ok(_) => Ok(()),
            Err(broken) => Err(TestCaseError::fail(broken.to_string())),
        });
    match told {
        Ok(()) => None,
        Err(TestError::Fail(reason, input)) => {
            Some(json!({ "law": law.name, "input": input, "broken": reason.to_string() }))
        }
        Err(TestError::Abort(reason)) => panic!("{}: no inputs: {reason}", law.name),
    }
}

/// The laws whose names begin so hold for the standard library.
fn hold(topic: &str) {
    let library = Library::default();
    let mut laws = 0;
    for law in laws::all().iter().filter(|law| law.name.starts_with(topic) && applies(law, &library)) {
        laws += 1;
        if let Some(finding) = finding(law, &library, CASES) {
            panic!("keep this as `tests/findings/{}-NAME.json`:\n{finding:#}", law.name);
        }
    }
    assert!(laws > 0, "no law is about {topic}");
}

#[test]
fn laws_of_strings_hold() {
    hold("parse-");
    hold("serialize-");
}

#[test]
fn laws_of_claims_hold() {
    hold("claims-");
}

#[test]
fn laws_of_tokens_hold() {
    hold("token-");
}

#[test]
fn laws_of_records_hold() {
    hold("recorded-");
}

#[test]
fn laws_of_unions_hold() {
    hold("union-");
}

#[test]
fn laws_of_covering_hold() {
    hold("covers-");
}

#[test]
fn laws_of_plans_hold() {
    hold("plan-");
}

#[test]
fn laws_of_logins_hold() {
    hold("ensure-");
}

#[test]
fn laws_of_registrations_hold() {
    hold("registration-");
    hold("baseline-");
}

#[test]
fn laws_of_challenges_hold() {
    hold("challenge-");
}

/// Fewer inputs than for the reference: what is found is shrunk, and the same each time.
const DIALECT_CASES: u32 = 200;

/// What two systems really do breaks laws beyond their declared dialect: quirks, told by name. Nothing else may.
#[test]
fn dialects_break_the_laws_that_their_quirks_are_about() {
    let mut told = Vec::new();
    for profile in [LibraryProfile::CliEngine, LibraryProfile::Toolhive] {
        let library = Library::new(profile, BTreeSet::new());
        let (held, other): (Vec<&Law>, Vec<&Law>) =
            laws::all().iter().partition(|law| applies(law, &library));
        told.push(format!("{profile}: {} laws apply, {} do not", held.len(), other.len()));
        for finding in held.into_iter().filter_map(|law| finding(law, &library, DIALECT_CASES)) {
            told.push(format!("  {}: {}\n    {}", finding["law"], finding["input"], finding["broken"]));
        }
    }
    insta::assert_snapshot!(told.join("\n"));
}

/// Counterexamples of earlier days, kept as values: they hold whatever the strategies generate by now. One that was found on a fault
/// still shows it.
#[test]
fn what_broke_a_law_once_does_so_no_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let finding: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let law = laws::find(finding["law"].as_str().unwrap()).unwrap();
        let judged = |library: &Library| judge(law, library, &finding["input"]);
        let honest = judged(&Library::default());
        assert!(honest.is_ok(), "{}: {}", path.display(), honest.unwrap_err());
        if let Some(name) = finding["fault"].as_str() {
            let fault = faults::find(name).unwrap().fault;
            let broken = judged(&Library::new(LibraryProfile::Standard, [fault].into()));
            assert!(broken.is_err(), "{}: the fault is not seen any more", path.display());
        }
        seen += 1;
    }
    assert!(seen > 20, "only {seen} findings are kept");
}
