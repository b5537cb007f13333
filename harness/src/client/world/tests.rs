//! The scripted world by itself: what it grants, what it refuses and what it says.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use scopecheck_scenarios::model::Case;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{answer::Out, resource::PLAIN, rules::Rules, state::State};
use crate::{
    judge::read_jwt,
    system::{Clock, Dice},
};

fn world(rules: &str) -> State {
    let head = "id = 'client/a/b'\ntitle = 'T'\nsubject = 'client'\nimpact = 'denial'\n";
    let case: Case = toml::from_str(&format!("{head}{rules}")).unwrap();
    State {
        rules: Rules::during(&case, "one"),
        ..State::new("http://w".to_owned(), PLAIN, Dice::new(1, "test"), Clock::default())
    }
}

const REDIRECT: &str = "http%3A%2F%2F127.0.0.1%3A1%2Fcb";

fn body(out: &Out) -> Value {
    out.reply().json().unwrap_or(Value::Null)
}

/// Asks for a code for this scope, with the challenge of the verifier `v`.
fn code(world: &mut State, scope: &str) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest("v"));
    let query = format!(
        "response_type=code&client_id=c&redirect_uri={REDIRECT}&scope={scope}&state=s&code_challenge={challenge}"
    );
    let out = world.authorize(&Url::parse(&format!("http://w/authorize?{query}")).unwrap());
    let location = out.reply().header("location").unwrap().to_owned();
    let target = Url::parse(&location).unwrap();
    assert!(location.ends_with("&state=s"));
    target.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
}

fn redeem(world: &mut State, code: &str, verifier: &str) -> Out {
    let form =
        format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}&code_verifier={verifier}");
    world.token(form.as_bytes())
}

#[test]
fn a_code_is_good_once_and_only_with_its_verifier() {
    let mut world = world("");
    let first = code(&mut world, "a");
    assert_eq!(body(&redeem(&mut world, &first, "wrong"))["error"], "invalid_grant");
    let second = code(&mut world, "a");
    assert_eq!(body(&redeem(&mut world, &second, "v"))["scope"], "a");
    assert_eq!(body(&redeem(&mut world, &second, "v"))["error"], "invalid_grant");
}

#[test]
fn a_grant_is_dropped_said_and_claimed_as_the_rules_say() {
    let mut open = world("[[respond]]\nto = 'token'\ndrop = 'b'\n");
    let granted = code(&mut open, "a+b");
    let told = body(&redeem(&mut open, &granted, "v"));
    assert_eq!(told["scope"], "a");
    assert!(read_jwt(told["access_token"].as_str().unwrap()).is_none());
    let mut silent = world("[[respond]]\nto = 'token'\ndrop = 'b'\necho = false\nclaim = 'scp'\n");
    let granted = code(&mut silent, "a+b");
    let told = body(&redeem(&mut silent, &granted, "v"));
    assert!(told.get("scope").is_none());
    let jwt = read_jwt(told["access_token"].as_str().unwrap()).unwrap();
    assert_eq!(jwt.claims["scp"], serde_json::json!(["a"]));
    assert_eq!(jwt.header["typ"], "at+jwt");
}

#[test]
fn an_empty_grant_is_said_only_where_something_was_asked_for() {
    let mut world = world("[[respond]]\nto = 'token'\ndrop = 'a'\n");
    let asked = code(&mut world, "a");
    assert_eq!(body(&redeem(&mut world, &asked, "v"))["scope"], "");
    let unasked = code(&mut world, "");
    assert!(body(&redeem(&mut world, &unasked, "v")).get("scope").is_none());
}

#[test]
fn a_refresh_gives_no_more_than_the_grant() {
    let mut world = world("");
    let granted = code(&mut world, "a+b");
    let refresh = |world: &mut State, token: &str, scope: &str| {
        body(&world.token(format!("grant_type=refresh_token&refresh_token={token}{scope}").as_bytes()))
    };
    let token = |answer: &Value| answer["refresh_token"].as_str().unwrap().to_owned();
    let first = token(&body(&redeem(&mut world, &granted, "v")));
    let narrower = refresh(&mut world, &first, "&scope=a");
    assert_eq!(narrower["scope"], "a");
    let again = refresh(&mut world, &token(&narrower), "");
    assert_eq!(again["scope"], "a b");
    assert_eq!(refresh(&mut world, &token(&again), "&scope=a+c")["error"], "invalid_scope");
}

#[test]
fn a_challenge_follows_from_the_grant() {
    let mut world =
        world("[[respond]]\nto = 'resource'\nrequires = { read = 'a', write = 'b c' }\nforbids = ['no']\n");
    let field = |out: &Out| out.reply().header("www-authenticate").map(str::to_owned);
    let metadata = "resource_metadata=\"http://w/.well-known/oauth-protected-resource/api\"";
    let entrance = world.call("write", None);
    assert_eq!(field(&entrance).unwrap(), format!("Bearer scope=\"a\", {metadata}"));
    assert_eq!(
        field(&world.call("read", Some("Bearer nobody's"))).unwrap(),
        format!("Bearer error=\"invalid_token\", scope=\"a\", {metadata}")
    );
    let granted = code(&mut world, "a");
    let told = body(&redeem(&mut world, &granted, "v"));
    let held = format!("bearer {}", told["access_token"].as_str().unwrap());
    assert_eq!(world.call("read", Some(&held)).reply().status, 200);
    let denied = world.call("write", Some(&held));
    assert_eq!(denied.reply().status, 403);
    assert_eq!(
        field(&denied).unwrap(),
        format!("Bearer error=\"insufficient_scope\", scope=\"b c\", {metadata}")
    );
    let forbidden = world.call("no", Some(&held));
    assert_eq!((forbidden.reply().status, field(&forbidden)), (403, None));
    assert_eq!(world.call("other", Some(&held)).reply().status, 404);
}
