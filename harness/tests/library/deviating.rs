//! Libraries that deviate: who breaks what it announced turns red, and who cannot be judged does not turn green.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use scopecheck::library::{Adapter, Contrary, is_of_manners};
use scopecheck_reports::{CaseResult, Grade};
use scopecheck_scenarios::{catalog::Catalog, laws::Reply};
use serde_json::json;

use crate::support::{Deviating, Shared, put, report, tally};

const LONG: Duration = Duration::from_mins(1);

/// Changes the list of an answer.
fn list(reply: Reply, change: impl Fn(&mut Vec<String>)) -> Reply {
    match reply {
        Reply::Ok(mut answer) => {
            let mut scopes: Vec<String> = serde_json::from_value(answer["scopes"].clone()).unwrap();
            change(&mut scopes);
            answer["scopes"] = json!(scopes);
            Reply::Ok(answer)
        }
        other => other,
    }
}

fn graded(results: &[CaseResult], grade: Grade) -> Vec<&str> {
    results.iter().filter(|result| result.grade == grade).map(|result| result.id.as_str()).collect()
}

/// Puts every vector and law to a library: what it declares and how it talks is judged without its answers.
fn put_calls(library: impl Adapter + 'static) -> Vec<CaseResult> {
    let mut results = put(library, "library/", LONG);
    results.retain(|result| !is_of_manners(&result.area));
    results
}

#[test]
fn the_reference_library_conforms() {
    let results = put(Deviating::new(&[], |_, _, reply| reply), "library/", LONG);
    let red: Vec<&CaseResult> = results
        .iter()
        .filter(|result| !matches!(result.grade, Grade::Pass | Grade::Observed | Grade::NotApplicable))
        .collect();
    assert!(red.is_empty(), "{}", report(red.into_iter().cloned().collect()));
    assert!(graded(&results, Grade::Pass).len() * 10 > results.len() * 8, "{}", tally(&results));
}

#[test]
fn a_union_that_is_sorted_warns_until_the_order_is_promised() {
    let sorted =
        |op: &str, _: &str, reply| if op == "union" { list(reply, |scopes| scopes.sort()) } else { reply };
    let warned = put(Deviating::new(&[], sorted), "library/union/", LONG);
    assert!(graded(&warned, Grade::Fail).is_empty(), "{}", report(warned));
    let warnings = graded(&warned, Grade::Warn).len();
    assert!(warnings > 0);
    let failed = put(Deviating::new(&[("order", "kept")], sorted), "library/union/", LONG);
    assert_eq!(graded(&failed, Grade::Fail).len(), warnings);
    let free = put(Deviating::new(&[("order", "any")], sorted), "library/union/", LONG);
    assert_eq!(graded(&free, Grade::Fail).len() + graded(&free, Grade::Warn).len(), 0, "{}", report(free));
}

#[test]
fn a_comma_that_separates_fails_a_vector_and_shows_input_and_answer() {
    let comma = |op: &str, _: &str, reply| match op {
        "parse" => list(reply, |scopes| {
            *scopes = scopes.iter().flat_map(|scope| scope.split(',')).map(str::to_owned).collect();
        }),
        _ => reply,
    };
    let results = put(Deviating::new(&[], comma), "library/separators/comma", LONG);
    let mut failed: Vec<CaseResult> =
        results.into_iter().filter(|result| result.grade == Grade::Fail).collect();
    failed.truncate(1);
    insta::assert_snapshot!(report(failed));
}

#[test]
fn a_library_that_offers_nothing_is_judged_by_nothing() {
    let results = put_calls(Deviating::new(&[], |_, _, reply| reply).offering(&[]));
    assert_eq!(graded(&results, Grade::NotApplicable).len(), results.len(), "{}", tally(&results));
    assert!(results.iter().all(|result| result.reason.as_deref().is_some_and(|why| why.contains("offer"))));
}

#[test]
fn a_library_that_always_crashes_fails_everything() {
    let crash = |_: &str, _: &str, _| Reply::Crashed { detail: "signal 11".to_owned() };
    let results = put_calls(Deviating::new(&[], crash));
    let judged = results.iter().filter(|result| result.grade != Grade::NotApplicable).count();
    assert_eq!(graded(&results, Grade::Fail).len(), judged, "{}", tally(&results));
}

#[test]
fn a_library_that_does_not_answer_is_blocked() {
    let slow = |op: &str, _: &str, reply| {
        if op == "union" {
            std::thread::sleep(Duration::from_millis(400));
        }
        reply
    };
    let mut results = put(Deviating::new(&[], slow), "library/union/order-of", Duration::from_millis(100));
    results.extend(put(Deviating::new(&[], slow), "library/laws/union-exact", Duration::from_millis(100)));
    assert_eq!(graded(&results, Grade::Blocked).len(), results.len(), "{}", tally(&results));
}

#[test]
fn a_library_that_says_it_cannot_is_not_judged() {
    let cannot = |_: &str, _: &str, _| Reply::Unsupported { reason: "not today".to_owned() };
    let results = put_calls(Deviating::new(&[], cannot));
    assert_eq!(graded(&results, Grade::NotApplicable).len(), results.len(), "{}", tally(&results));
}

#[test]
fn a_library_that_changes_its_mind_is_caught_by_a_law() {
    let calls = AtomicUsize::new(0);
    let fickle = move |op: &str, _: &str, reply| {
        if op == "union" && calls.fetch_add(1, Ordering::Relaxed) % 50 == 49 {
            list(reply, |scopes| scopes.push("made-up".to_owned()))
        } else {
            reply
        }
    };
    let results = put(Deviating::new(&[], fickle), "library/laws/union-exact", LONG);
    assert_eq!(graded(&results, Grade::Fail).len(), 1, "{}", report(results));
}

#[test]
fn a_broken_law_shows_the_smallest_input() {
    let case_folded = |op: &str, _: &str, reply| match op {
        "union" => list(reply, |scopes| scopes.iter_mut().for_each(|scope| scope.make_ascii_lowercase())),
        _ => reply,
    };
    let broken = || put(Deviating::new(&[], case_folded), "library/laws/union-exact", LONG);
    let shown = report(broken());
    assert_eq!(shown, report(broken()), "the same seed ends in the same input");
    insta::assert_snapshot!(shown);
}

#[test]
fn hostile_answers_are_shown_escaped_and_cut() {
    let hostile = |op: &str, _: &str, reply| match op {
        "union" => list(reply, |scopes| scopes.push(format!("\u{1b}[2J{}", "x".repeat(100_000)))),
        _ => reply,
    };
    let mut results = put(Deviating::new(&[], hostile), "library/union/", LONG);
    results.retain(|result| result.grade == Grade::Fail);
    results.truncate(1);
    let shown = report(results);
    assert!(!shown.contains('\u{1b}'), "{shown}");
    assert!(shown.len() < 4_000, "{} bytes", shown.len());
}

#[test]
fn every_vector_and_law_can_turn_red() {
    let catalog = Catalog::embedded().unwrap();
    let mut green: BTreeMap<String, Grade> = BTreeMap::new();
    let libraries = Contrary::all(&catalog);
    for (number, library) in libraries.into_iter().enumerate() {
        for result in put_calls(library) {
            let red = matches!(result.grade, Grade::Fail | Grade::Warn);
            match (red, number) {
                (true, _) => drop(green.remove(&result.case)),
                (false, 0) => drop(green.insert(result.case, result.grade)),
                (false, _) => {}
            }
        }
    }
    green.retain(|case, grade| match (grade, &catalog.cases[case].case.vector) {
        // What is left open and names nothing as wrong can only be observed.
        (Grade::Observed, Some(vector)) => !vector.not_ok.0.is_empty(),
        // A dialect that this library does not declare.
        (Grade::NotApplicable, _) => false,
        _ => true,
    });
    assert!(green.is_empty(), "{green:#?}");
}

/// Puts everything about `covers` to a library that declares this matching and decides so, scope by scope.
fn put_matcher(
    matching: &str,
    covers: impl Fn(&str, &str) -> bool + Send + Sync + 'static,
) -> Vec<CaseResult> {
    let decide = move |op: &str, input: &str, reply| {
        if op != "covers" {
            return reply;
        }
        let call: BTreeMap<String, Vec<String>> = serde_json::from_str(input).unwrap();
        let held = |asked: &&String| call["granted"].iter().any(|held| covers(held, asked));
        let missing: Vec<&String> = call["required"].iter().filter(|asked| !held(asked)).collect();
        Reply::Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
    };
    let library = Arc::new(Deviating::new(&[("matching", matching)], decide).offering(&["covers"]));
    let mut results = put(Shared(Arc::clone(&library)), "library/covers", LONG);
    results.extend(put(Shared(library), "library/laws/covers", LONG));
    results.retain(|result| result.grade != Grade::NotApplicable);
    results
}

/// Whether a name stands below another one, at any of these separators.
fn below(held: &str, asked: &str, separators: &[char]) -> bool {
    let rest = asked.strip_prefix(held);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(separators))
}

#[test]
fn hierarchies_and_wildcards_are_green_whatever_separators_they_know() {
    for separators in [&['.'][..], &[':'], &['.', ':', '/']] {
        let hierarchic = put_matcher("hierarchic", move |held, asked| below(held, asked, separators));
        assert_eq!(graded(&hierarchic, Grade::Pass).len(), hierarchic.len(), "{}", report(hierarchic));
        let wildcard = put_matcher("wildcard", move |held, asked| match held.strip_suffix('*') {
            Some(stem) if stem.is_empty() || stem.ends_with(separators) => asked.starts_with(stem),
            _ => held == asked,
        });
        assert_eq!(graded(&wildcard, Grade::Pass).len(), wildcard.len(), "{}", report(wildcard));
    }
}

#[test]
fn a_matcher_that_reaches_too_far_is_red_whatever_it_declares() {
    for matching in ["exact", "hierarchic", "wildcard"] {
        let everything = put_matcher(matching, |_, _| true);
        assert!(graded(&everything, Grade::Fail).len() > 10, "{matching}: {}", report(everything));
        let prefix = put_matcher(matching, |held, asked| asked.starts_with(held));
        assert!(graded(&prefix, Grade::Fail).len() > 1, "{matching}: {}", report(prefix));
        let nothing = put_matcher(matching, |_, _| false);
        assert!(graded(&nothing, Grade::Fail).len() > 2, "{matching}: {}", report(nothing));
    }
}

#[test]
fn laws_that_hold_under_any_matching_are_broken_by_whoever_takes_everything_for_granted() {
    let yes = |op: &str, _: &str, reply| match op {
        "covers" => Reply::Ok(json!({ "covered": true })),
        "plan_step_up" => Reply::Ok(json!({ "plan": "covered" })),
        "ensure_granted" => Reply::Ok(json!({ "granted": true, "missing": [] })),
        _ => reply,
    };
    for matching in ["hierarchic", "wildcard"] {
        let results = put(Deviating::new(&[("matching", matching)], yes), "library/laws/", LONG);
        let failed = graded(&results, Grade::Fail);
        for law in ["covers", "plan", "ensure"] {
            assert!(failed.contains(&format!("library/laws/{law}-unrelated").as_str()), "{failed:?}");
        }
    }
}

#[test]
fn the_evidence_holds_the_call_and_the_reply() {
    let results = put(Deviating::new(&[], |_, _, reply| reply), "library/union/order-of", LONG);
    let result = &results[0];
    insta::assert_json_snapshot!(result.steps);
    let check = &result.checks[0];
    insta::assert_json_snapshot!(check.witness);
}
