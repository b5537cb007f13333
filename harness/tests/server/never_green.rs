//! Servers that no run may call green, each for its own reason.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::json;

use crate::{
    double::{Answer, Double, Seen},
    plain::{Manners, Plain, metadata},
    support::{Room, checks},
};

/// How the run ended, and which grades there were. Numbers are left out: they grow with the catalogue.
struct Verdict {
    shown: String,
    failing: BTreeSet<String>,
}

fn verdict(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Verdict {
    let server = Double::start(answer);
    let room = Room::new();
    let said = room.server(&server.origin, &["--report", "json=results.json"]);
    assert_ne!(said.code, Some(0), "{}", said.stdout);
    assert!(!said.stderr.contains("error:"), "{}", said.stderr);
    let results = room.json("results.json");
    let checks = checks(&results);
    let grades: BTreeSet<&str> = checks.iter().map(|(grade, _)| grade.as_str()).collect();
    let failing = checks
        .iter()
        .filter(|(grade, _)| grade == "fail")
        .map(|(_, id)| {
            let (case, check) = id.split_once('#').unwrap();
            format!("{}#{check}", case.split('@').next().unwrap_or_default())
        })
        .collect();
    let reason = results["footer"]["exit_reason"].as_str().unwrap_or_default();
    let reason = reason.replace(|c: char| c.is_ascii_digit(), "").replace("  ", " ");
    let grades = grades.into_iter().collect::<Vec<_>>().join(" ");
    Verdict { shown: format!("exit {}: {reason}; checks: {grades}", said.code.unwrap()), failing }
}

fn shown(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> String {
    let verdict = verdict(answer);
    assert_eq!(verdict.failing, BTreeSet::new(), "who is not exercised is not blamed");
    verdict.shown
}

fn described(seen: &Seen) -> Option<Answer> {
    (seen.path == "/.well-known/oauth-authorization-server")
        .then(|| Answer::json(200, &metadata(&seen.origin)))
}

#[test]
fn one_that_refuses_every_request() {
    assert_snapshot!(shown(|seen| described(seen).unwrap_or_else(|| Answer::error(400, "invalid_request"))));
}

#[test]
fn one_that_registers_anybody_and_refuses_every_scope() {
    let plain = Plain::new(Manners { refuses_every_scope: true, ..Manners::default() });
    assert_snapshot!(shown(move |seen| plain.answer(seen)));
}

#[test]
fn one_that_grants_everything_asked() {
    let plain = Plain::new(Manners { grants_everything: true, ..Manners::default() });
    let verdict = verdict(move |seen| plain.answer(seen));
    for check in
        ["server/refresh/scope-parameter#never-more", "server/authorize/malformed-scope#never-granted"]
    {
        assert!(verdict.failing.contains(check), "{check}: {:?}", verdict.failing);
    }
    assert!(verdict.shown.starts_with("exit 1: "), "{}", verdict.shown);
}

#[test]
fn one_that_answers_500_to_everything() {
    assert_snapshot!(shown(|_| Answer::status(500)));
}

#[test]
fn one_that_answers_500_to_everything_but_metadata() {
    assert_snapshot!(shown(|seen| described(seen).unwrap_or_else(|| Answer::status(500))));
}

#[test]
fn one_that_answers_500_to_everything_but_metadata_and_registration() {
    let plain = Plain::new(Manners::default());
    assert_snapshot!(shown(move |seen| match seen.path.as_str() {
        "/authorize" | "/token" => Answer::status(500),
        _ => plain.answer(seen),
    }));
}

#[test]
fn one_that_answers_500_at_the_token_endpoint_alone() {
    let plain = Plain::new(Manners::default());
    assert_snapshot!(shown(move |seen| match seen.path.as_str() {
        "/token" => Answer::status(500),
        _ => plain.answer(seen),
    }));
}

#[test]
fn one_that_answers_an_empty_object_to_everything() {
    assert_snapshot!(shown(|_| Answer::json(200, &json!({}))));
}

#[test]
fn one_that_answers_an_empty_object_to_everything_but_metadata() {
    assert_snapshot!(shown(|seen| described(seen).unwrap_or_else(|| Answer::json(200, &json!({})))));
}

#[test]
fn one_that_narrows_and_says_so_in_the_token_alone() {
    let plain = Plain::new(Manners { narrows: true, never_says: true, jwt: true, ..Manners::default() });
    let verdict = verdict(move |seen| plain.answer(seen));
    assert!(verdict.failing.contains("server/token/scope-member#tells-the-truth"), "{:?}", verdict.failing);
    assert!(verdict.shown.starts_with("exit 1: "), "{}", verdict.shown);
}

#[test]
fn one_that_narrows_and_does_not_say_so() {
    // Tokens are opaque here and cannot be introspected: nothing on the wire tells the narrowing from a full grant.
    let plain = Plain::new(Manners { narrows: true, never_says: true, ..Manners::default() });
    assert_snapshot!(shown(move |seen| plain.answer(seen)));
}
