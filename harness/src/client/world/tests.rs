//! The scripted world by itself: what it grants, what it refuses and what it says.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use scopecheck_scenarios::model::Case;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{answer::Out, resource::PLAIN, rules::Rules, servers::Server, state::State};
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
    let out = world.authorize(Server::First, &Url::parse(&format!("http://w/authorize?{query}")).unwrap());
    let location = out.reply().header("location").unwrap().to_owned();
    let target = Url::parse(&location).unwrap();
    assert!(location.ends_with("&state=s"));
    target.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
}

fn redeem(world: &mut State, code: &str, verifier: &str) -> Out {
    let form =
        format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}&code_verifier={verifier}");
    world.token(Server::First, form.as_bytes())
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
        body(&world.token(
            Server::First,
            format!("grant_type=refresh_token&refresh_token={token}{scope}").as_bytes(),
        ))
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

const TWO: &str = "[[respond]]\nto = 'metadata'\nservers = ['first', 'second']\nserver-scopes = 'a x'\nsecond-server-scopes = 'a y'\n";

#[test]
fn a_server_knows_nothing_of_what_the_other_has_registered_and_issued() {
    let mut world = world(TWO);
    let registration = br#"{"redirect_uris":["http://127.0.0.1:1/cb"],"scope":"a"}"#;
    let registered = body(&world.register(Server::Second, registration));
    let id = registered["client_id"].as_str().unwrap().to_owned();
    let asked = |world: &mut State, server: Server, id: &str| {
        let query = format!("response_type=code&client_id={id}&redirect_uri={REDIRECT}&scope=a");
        world.authorize(server, &Url::parse(&format!("http://w/authorize?{query}")).unwrap())
    };
    let refused = asked(&mut world, Server::First, &id);
    assert_eq!((refused.reply().status, &body(&refused)["error"]), (400, &"invalid_client".into()));
    assert_eq!(refused.facts.registered.as_deref(), Some(""), "nothing is registered here");
    let welcome = asked(&mut world, Server::First, "of-its-own");
    assert_eq!((welcome.reply().status, &welcome.facts.registered), (302, &None));
    let accepted = asked(&mut world, Server::Second, &id);
    assert_eq!(accepted.facts.registered.as_deref(), Some("a"));
    let location = Url::parse(accepted.reply().header("location").unwrap()).unwrap();
    let code = location.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let mut send = |server: Server, form: &str| body(&world.token(server, form.as_bytes()));
    let form = format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}");
    assert_eq!(send(Server::First, &format!("{form}&client_id={id}"))["error"], "invalid_client");
    assert_eq!(send(Server::First, &form)["error"], "invalid_grant");
    let token = send(Server::Second, &form);
    assert_eq!(token["scope"], "a", "the other server has not used the code up");
    let form = format!("grant_type=refresh_token&refresh_token={}", token["refresh_token"].as_str().unwrap());
    assert_eq!(send(Server::First, &format!("{form}&client_id={id}"))["error"], "invalid_client");
    assert_eq!(send(Server::First, &form)["error"], "invalid_grant");
    assert_eq!(send(Server::Second, &form)["scope"], "a");
}

#[test]
fn each_server_has_its_places_and_its_list() {
    let two = world(TWO);
    let named = &body(&two.resource_metadata())["authorization_servers"];
    assert_eq!(*named, serde_json::json!(["http://w", "http://w/second"]));
    for (path, place) in [
        (
            "/.well-known/oauth-authorization-server",
            Some((Server::First, "/.well-known/oauth-authorization-server")),
        ),
        (
            "/.well-known/oauth-authorization-server/second",
            Some((Server::Second, "/.well-known/oauth-authorization-server")),
        ),
        ("/token", Some((Server::First, "/token"))),
        ("/second/token", Some((Server::Second, "/token"))),
        (
            "/.well-known/openid-configuration/second",
            Some((Server::First, "/.well-known/openid-configuration/second")),
        ),
        ("/secondary/token", Some((Server::First, "/secondary/token"))),
    ] {
        assert_eq!(two.server_at(path), place, "{path}");
    }
    let elsewhere = |server| two.supported_elsewhere(server).map(|scopes| scopes.to_string());
    assert_eq!(elsewhere(Server::First).as_deref(), Some("y"));
    assert_eq!(elsewhere(Server::Second).as_deref(), Some("x"));
    let one = world("");
    assert_eq!(one.server_at("/second/token"), Some((Server::First, "/second/token")));
    assert_eq!(one.supported_elsewhere(Server::First), None);
}

#[test]
fn a_server_that_only_another_resource_names_is_found_below_its_path_alone() {
    let foreign = world("[[respond]]\nto = 'metadata'\nforeign = true\n");
    assert_eq!(foreign.server_at("/elsewhere/token"), Some((Server::First, "/token")));
    for nowhere in ["/token", "/.well-known/oauth-authorization-server", "/second/token"] {
        assert_eq!(foreign.server_at(nowhere), None, "{nowhere}");
    }
}
