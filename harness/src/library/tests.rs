//! Verdicts on vectors and laws, against libraries that are written here and deviate on purpose.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicBool, Ordering},
};

use scopecheck_reports::{Difference, Grade};
use scopecheck_scenarios::{
    laws::{self, Reply},
    model::{Vector, VectorFile},
};
use serde_json::{Value, json};

use super::{
    Adapter, Hello, Semantics,
    law::{self, Found, search},
    result::of_law,
    vector::{judge, spared},
};
use crate::judge::Judged;

/// A library that joins lists as it is told to.
struct Library<F> {
    hello: Hello,
    union: F,
}

impl<F: Fn(Vec<String>, Vec<String>) -> Reply + Send + Sync> Adapter for Library<F> {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        let input: Value = serde_json::from_str(input).unwrap();
        let list = |name: &str| -> Vec<String> { serde_json::from_value(input[name].clone()).unwrap() };
        match op {
            "union" => (self.union)(list("first"), list("second")),
            other => Reply::Unsupported { reason: format!("no `{other}` here") },
        }
    }
}

fn library<F: Fn(Vec<String>, Vec<String>) -> Reply + Send + Sync>(union: F) -> Library<F> {
    let hello = Hello { operations: vec!["union".to_owned()], ..Hello::default() };
    Library { hello, union }
}

fn scopes(list: &[String]) -> Reply {
    Reply::Ok(json!({ "scopes": list }))
}

fn joined(first: Vec<String>, second: Vec<String>) -> Reply {
    let mut union: Vec<String> = Vec::new();
    for scope in first.into_iter().chain(second) {
        if !union.contains(&scope) {
            union.push(scope);
        }
    }
    scopes(&union)
}

fn vector(body: &str) -> Vector {
    let text = format!(
        "[[vector]]\nid = 'library/x/y'\ntitle = 'X.'\ncontract = 'UN-02'\nimpact = 'interop'\n{body}\n"
    );
    let file: VectorFile = toml::from_str(&text).unwrap();
    file.vectors.into_iter().next().unwrap()
}

const UNION: &str = r#"
    op = 'union'
    input = '{"first":["b","a"],"second":["a","c"]}'
    ok = '{"scopes":["b","a","c"]}'
"#;

fn told(judged: &Judged) -> String {
    let mut text = format!("{}: {}", judged.grade, judged.message);
    if let Some(observed) = &judged.observed {
        let _ = write!(text, "\n  observed {observed}");
    }
    if let Some(Difference { expected, actual, missing, extra }) = &judged.difference {
        let _ = write!(text, "\n  expected {expected}\n  actual   {actual}");
        let _ = write!(text, "\n  missing {missing:?}, extra {extra:?}");
    }
    text
}

fn verdict(vector: &Vector, declared: &[(&str, &str)], reply: &Reply) -> String {
    told(&judge(vector, &[], &declared.iter().copied().collect::<Semantics>(), reply))
}

fn refusal() -> Reply {
    Reply::Rejected { kind: "malformed".to_owned(), message: "`a b` is no scope".to_owned() }
}

fn ok(value: Value) -> Reply {
    Reply::Ok(value)
}

#[test]
fn an_answer_passes_only_where_it_says_what_is_expected() {
    let union = vector(UNION);
    insta::assert_snapshot!(verdict(&union, &[], &ok(json!({"scopes": ["b", "a", "c"]}))), @"pass: `union` answers as expected");
    insta::assert_snapshot!(verdict(&union, &[], &ok(json!({"scopes": ["b", "d"]}))), @r#"
    fail: `union` of {"first":["b","a"],"second":["a","c"]} answers something else
      expected {"scopes":["b","a","c"]}
      actual   {"scopes":["b","d"]}
      missing ["a", "c"], extra ["d"]
    "#);
    // What a library says beside is its own affair.
    insta::assert_snapshot!(verdict(&union, &[], &ok(json!({"scopes": ["b", "a", "c"], "more": 1}))), @"pass: `union` answers as expected");
    insta::assert_snapshot!(verdict(&union, &[], &refusal()), @r#"
    fail: `union` of {"first":["b","a"],"second":["a","c"]} refuses the input
      expected {"scopes":["b","a","c"]}
      actual   a refusal (malformed): `a b` is no scope
      missing [], extra []
    "#);
    insta::assert_snapshot!(verdict(&union, &[], &Reply::Crashed { detail: "signal 11".to_owned() }), @r#"
    fail: `union` of {"first":["b","a"],"second":["a","c"]} crashed
      expected {"scopes":["b","a","c"]}
      actual   a crash: signal 11
      missing [], extra []
    "#);
    insta::assert_snapshot!(verdict(&union, &[], &Reply::Unsupported { reason: "only lists of one".to_owned() }), @"n/a: the library does not do this: only lists of one");
}

#[test]
fn order_and_duplicates_fail_only_where_they_were_promised() {
    let union = vector(UNION);
    let shuffled = ok(json!({"scopes": ["a", "b", "c"]}));
    let grade = |declared: &[(&str, &str)], reply: &Reply| {
        judge(&union, &[], &declared.iter().copied().collect::<Semantics>(), reply).grade
    };
    insta::assert_snapshot!(verdict(&union, &[], &shuffled), @r#"
    warn: `union` of {"first":["b","a"],"second":["a","c"]} answers in another order
      expected {"scopes":["b","a","c"]}
      actual   {"scopes":["a","b","c"]}
      missing [], extra []
    "#);
    assert_eq!(grade(&[("order", "kept")], &shuffled), Grade::Fail);
    assert_eq!(grade(&[("order", "any")], &shuffled), Grade::Pass);
    let repeated = ok(json!({"scopes": ["b", "a", "a", "c"]}));
    insta::assert_snapshot!(verdict(&union, &[], &repeated), @r#"
    warn: `union` of {"first":["b","a"],"second":["a","c"]} repeats scopes
      expected {"scopes":["b","a","c"]}
      actual   {"scopes":["b","a","a","c"]}
      missing [], extra []
    "#);
    assert_eq!(grade(&[("duplicates", "first")], &repeated), Grade::Fail);
    assert_eq!(grade(&[("duplicates", "keep")], &repeated), Grade::Pass);
}

#[test]
fn a_refusal_is_judged_and_not_its_word() {
    let refused = vector(
        r#"op = 'parse'
        input = '{"text":"a\tb"}'
        rejected = true"#,
    );
    insta::assert_snapshot!(verdict(&refused, &[], &refusal()), @"pass: `parse` answers as expected");
    insta::assert_snapshot!(verdict(&refused, &[], &ok(json!({"scopes": ["a", "b"]}))), @r#"
    fail: `parse` of {"text":"a\tb"} does not refuse the input
      expected a refusal
      actual   {"scopes":["a","b"]}
      missing [], extra []
    "#);
    let either = vector(
        r#"op = 'parse'
        input = '{"text":"a\tb"}'
        any-ok = ['{"scopes":[]}']
        rejected = true"#,
    );
    assert_eq!(judge(&either, &[], &Semantics::default(), &refusal()).grade, Grade::Pass);
    assert_eq!(judge(&either, &[], &Semantics::default(), &ok(json!({"scopes": []}))).grade, Grade::Pass);
    insta::assert_snapshot!(verdict(&either, &[], &ok(json!({"scopes": ["a"]}))), @r#"
    fail: `parse` of {"text":"a\tb"} answers something else
      expected {"scopes":[]} | a refusal
      actual   {"scopes":["a"]}
      missing [], extra ["a"]
    "#);
}

#[test]
fn what_is_left_open_is_observed_unless_it_is_named_as_wrong() {
    let open = vector(
        r#"op = 'recorded'
        input = '{"requested":["a"],"response":{"scope":""}}'
        any-ok = ['{"scopes":[]}']
        not-ok = '{"scopes":["a"]}'
        flags = ['open']"#,
    );
    insta::assert_snapshot!(verdict(&open, &[], &ok(json!({"scopes": []}))), @r#"
    observed: `recorded` of {"requested":["a"],"response":{"scope":""}}
      observed {"scopes":[]}
    "#);
    insta::assert_snapshot!(verdict(&open, &[], &ok(json!({"scopes": [""]}))), @r#"
    observed: `recorded` of {"requested":["a"],"response":{"scope":""}}
      observed {"scopes":[""]}
    "#);
    insta::assert_snapshot!(verdict(&open, &[], &refusal()), @r#"
    observed: `recorded` of {"requested":["a"],"response":{"scope":""}}
      observed rejected
    "#);
    insta::assert_snapshot!(verdict(&open, &[], &ok(json!({"scopes": ["a"]}))), @r#"
    fail: `recorded` of {"requested":["a"],"response":{"scope":""}} answers what must not come out
      expected {"scopes":[]} | not {"scopes":["a"]}
      actual   {"scopes":["a"]}
      missing [], extra ["a"]
    "#);
}

#[test]
fn only_wrong_answers_are_wrong_where_nothing_else_is_named() {
    let named = vector(
        r#"op = 'recorded'
        input = '{"requested":["a"],"response":{"scope":" "}}'
        not-ok = ['{"scopes":["a"]}', '{"scopes":["a","b"]}']"#,
    );
    let grade = |reply: &Reply| judge(&named, &[], &Semantics::default(), reply).grade;
    assert_eq!(grade(&ok(json!({"scopes": []}))), Grade::Pass);
    assert_eq!(grade(&refusal()), Grade::Pass);
    assert_eq!(grade(&ok(json!({"scopes": ["b", "a"]}))), Grade::Fail);
}

#[test]
fn a_profile_expects_something_else() {
    let text = format!("{UNION}\n[vector.profiles.cli-engine]\nok = '{{\"scopes\":[\"a\"]}}'");
    let quirk = vector(&text);
    let only_a = ok(json!({"scopes": ["a"]}));
    let grade = |profiles: &[&str]| {
        let profiles: Vec<String> = profiles.iter().map(|name| (*name).to_owned()).collect();
        judge(&quirk, &profiles, &Semantics::default(), &only_a).grade
    };
    assert_eq!(grade(&[]), Grade::Fail);
    assert_eq!(grade(&["oauth2"]), Grade::Fail);
    assert_eq!(grade(&["oauth2", "cli-engine"]), Grade::Pass);
}

#[test]
fn a_profile_settles_what_the_protocol_leaves_open() {
    let text =
        format!("{UNION}flags = ['open']\n[vector.profiles.cli-engine]\nok = '{{\"scopes\":[\"a\"]}}'");
    let open = vector(&text);
    let grade = |profile: &str, scope: &str| {
        judge(&open, &[profile.to_owned()], &Semantics::default(), &ok(json!({ "scopes": [scope] }))).grade
    };
    assert_eq!(grade("standard", "b"), Grade::Observed);
    assert_eq!(grade("cli-engine", "a"), Grade::Pass);
    assert_eq!(grade("cli-engine", "b"), Grade::Fail);
}

#[test]
fn a_vector_is_spared_where_the_library_does_not_offer_it_or_speaks_another_dialect() {
    let comma = vector(
        r#"op = 'parse'
        input = '{"text":"a\tb"}'
        ok = '{"scopes":[]}'
        under = { separators = 'space' }"#,
    );
    let hello = |operations: &[&str], declared: &[(&str, &str)]| Hello {
        operations: operations.iter().map(|op| (*op).to_owned()).collect(),
        semantics: declared.iter().copied().collect(),
        ..Hello::default()
    };
    let why = |hello: Hello| spared(&comma, &[], &hello).unwrap_or_default();
    insta::assert_snapshot!(why(hello(&["union"], &[])), @"the library does not offer `parse`");
    insta::assert_snapshot!(why(hello(&["parse"], &[("separators", "whitespace")])), @"holds under `separators = space`; the library declares `separators = whitespace`");
    assert_eq!(why(hello(&["parse"], &[])), "");
}

fn found(law: &str, adapter: &dyn Adapter, seed: u64) -> Found {
    search(laws::find(law).unwrap(), adapter, 200, seed, &AtomicBool::new(false))
}

fn of(law: &str, found: &Found) -> String {
    told(&of_law(laws::find(law).unwrap(), found, 200, &Semantics::default()))
}

#[test]
fn a_law_holds_for_a_library_that_keeps_it() {
    let honest = library(joined);
    insta::assert_snapshot!(of("union-idempotent", &found("union-idempotent", &honest, 1)), @"pass: held for 200 inputs");
}

#[test]
fn a_law_that_is_broken_shows_the_smallest_input_and_the_same_one_for_the_same_seed() {
    let forgetful = library(|first, second| match joined(first, second) {
        Reply::Ok(union) => {
            let list: Vec<String> = serde_json::from_value(union["scopes"].clone()).unwrap();
            scopes(&list[..list.len().min(2)])
        }
        other => other,
    });
    let once = found("union-exact", &forgetful, 7);
    assert_eq!(once, found("union-exact", &forgetful, 7));
    let Found::Broken(example) = &once else { panic!("{once:?}") };
    let scopes = ["first", "second"].map(|name| example.input[name].as_array().unwrap().len());
    assert_eq!(scopes.iter().sum::<usize>(), 3, "{}", example.input);
    assert!(!example.fickle);
    assert_eq!(example.calls.len(), 1);
    assert!(
        of("union-exact", &once).starts_with("fail: broken by the input {"),
        "{}",
        of("union-exact", &once)
    );
}

#[test]
fn a_library_that_crashes_or_refuses_everything_passes_no_law() {
    let crashing = library(|_, _| Reply::Crashed { detail: "panicked".to_owned() });
    let Found::Broken(example) = found("union-exact", &crashing, 1) else { panic!("not broken") };
    insta::assert_snapshot!(example.broken.got, @"a crash: panicked");
    let refusing = library(|_, _| refusal());
    let verdict = of_law(
        laws::find("union-exact").unwrap(),
        &found("union-exact", &refusing, 1),
        200,
        &Semantics::default(),
    );
    assert!(!matches!(verdict.grade, Grade::Pass | Grade::Observed), "{}", told(&verdict));
}

#[test]
fn a_library_of_two_minds_is_told_so() {
    let turn = AtomicBool::new(false);
    let fickle =
        library(
            move |first, second| {
                if turn.fetch_xor(true, Ordering::Relaxed) { joined(first, second) } else { scopes(&[]) }
            },
        );
    let Found::Broken(example) = found("union-exact", &fickle, 1) else { panic!("not broken") };
    let text = of("union-exact", &Found::Broken(example.clone()));
    assert_eq!(text.contains("its answers change"), example.fickle, "{text}");
}

#[test]
fn a_law_that_could_not_be_tried_is_no_pass() {
    let held = |tried, answered| of("union-exact", &Found::Held { tried, answered, unsupported: 0 });
    insta::assert_snapshot!(held(17, 17), @"blocked: the time ran out: only 17 of 200 inputs were tried, and the law held");
    insta::assert_snapshot!(held(200, 0), @"blocked: every one of 200 inputs was refused: nothing is shown about the law");
    insta::assert_snapshot!(of("union-exact", &Found::Unsupported("no lists".to_owned())), @"n/a: the library does not do this: no lists");
    insta::assert_snapshot!(of("union-exact", &Found::Ungenerated("too many rejects".to_owned())), @"error: no input could be generated for the law: too many rejects");
    let none = Hello::default();
    insta::assert_snapshot!(law::spared(laws::find("union-exact").unwrap(), &none).unwrap(), @"the library does not offer `union`");
}
