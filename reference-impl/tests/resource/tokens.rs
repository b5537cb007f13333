//! Which tokens hold good.

use scopecheck_reference::resource::TokenCheck;
use serde_json::{Value, json};

use crate::issuer::{Key, encoded, now, shared_secret};
use crate::support::Resource;

fn good() -> Value {
    json!({ "scope": "files:read" })
}

fn with(name: &str, value: Value) -> Value {
    let mut members = good();
    members[name] = value;
    members
}

#[tokio::test]
async fn a_token_is_good_for_its_time_its_audience_and_from_its_issuer_only() {
    let resource = Resource::start().await;
    let url = resource.running.url().to_owned();
    let other = "http://127.0.0.1:1";
    for (members, status) in [
        (good(), 200),
        (with("aud", json!(format!("{url}/"))), 200),
        (with("aud", json!(format!("{url}/mcp"))), 200),
        (with("aud", json!([other, url])), 200),
        (with("aud", json!(other)), 401),
        (with("aud", json!([])), 401),
        (with("aud", Value::Null), 401),
        (with("aud", json!(format!("{url}.evil.example"))), 401),
        (with("iss", json!(other)), 401),
        (with("iss", json!(format!("{}/", resource.issuer.url))), 401),
        (with("iss", Value::Null), 401),
        (with("exp", json!(now() - 1)), 401),
        (with("exp", Value::Null), 401),
        (with("exp", json!((now() + 60).to_string())), 401),
        (with("exp", json!(1e300)), 200),
        (with("nbf", json!(now() + 60)), 401),
        (with("nbf", json!(now() - 1)), 200),
    ] {
        let answer = resource.call("/read", &resource.token(members.clone())).await;
        assert_eq!(answer.status, status, "{members} {}", answer.text);
    }
}

#[tokio::test]
async fn only_a_signature_by_a_key_of_the_issuer_counts() {
    let resource = Resource::start().await;
    let claims = resource.claims(good());
    let text = claims.to_string();
    let signed = resource.issuer.key.sign("at+jwt", &text);
    let (head, signature) = signed.rsplit_once('.').unwrap();
    let none = format!("{}.{}.", encoded(r#"{"alg":"none","typ":"at+jwt"}"#), encoded(&text));
    let impostor = Key { id: resource.issuer.key.id.clone(), ..Key::of(2) };
    let swapped = format!(
        "{}.{}.{signature}",
        head.split('.').next().unwrap(),
        encoded(&text.replace("read", "write"))
    );
    for (name, token, status) in [
        ("honest", signed.clone(), 200),
        ("of type JWT", resource.issuer.key.sign("JWT", &text), 200),
        ("of another type", resource.issuer.key.sign("logout+jwt", &text), 401),
        ("unsigned", none, 401),
        ("without its signature", format!("{head}."), 401),
        ("signed by another key of that name", impostor.sign("at+jwt", &text), 401),
        ("signed by a key of another name", Key::of(3).sign("at+jwt", &text), 401),
        ("signed with a shared secret", shared_secret(&claims), 401),
        ("with other claims", swapped, 401),
        ("opaque", "opaque".to_owned(), 401),
        ("of two parts", head.to_owned(), 401),
        ("of four parts", format!("{signed}.x"), 401),
    ] {
        assert_eq!(resource.call("/read", &token).await.status, status, "{name}");
    }
}

#[tokio::test]
async fn keys_are_fetched_when_they_are_needed_and_not_again_for_every_unknown_name() {
    let resource = Resource::start().await;
    let (early, late) = (Key::of(8), Key::of(9));
    let signed = |key: &Key| key.sign("at+jwt", &resource.claims(good()).to_string());
    // Nothing has been fetched yet, so the first token already finds a key that was published after the start.
    resource.issuer.publish(&early);
    assert_eq!(resource.call("/read", &signed(&early)).await.status, 200);
    // What was fetched a moment ago is taken for current, whatever names a token invents.
    resource.issuer.publish(&late);
    assert_eq!(resource.call("/read", &signed(&late)).await.status, 401);
}

#[tokio::test]
async fn an_issuer_that_cannot_be_asked_lets_nobody_in() {
    let resource = Resource::start().await;
    resource.issuer.call_yourself("http://somebody.example");
    let answer = resource.call("/read", &resource.token(good())).await;
    assert_eq!((answer.status, answer.challenge()), (503, "(no challenge)"));
    let gone = Resource::configured(|config| config.issuer = "http://127.0.0.1:9".to_owned()).await;
    let members = with("iss", json!("http://127.0.0.1:9"));
    assert_eq!(gone.call("/read", &gone.token(members)).await.status, 503);
}

#[tokio::test]
async fn the_issuer_decides_on_opaque_tokens_and_silence_about_scope_is_no_scope() {
    let resource = Resource::configured(|config| {
        config.check =
            TokenCheck::Introspection { client_id: "rs".to_owned(), client_secret: "s".to_owned() };
    })
    .await;
    for (said, status) in [
        (json!({ "active": true, "scope": "files:read" }), 200),
        (
            json!({ "active": true, "scope": "files:read", "aud": resource.running.url(), "exp": now() + 60 }),
            200,
        ),
        (json!({ "active": true }), 403),
        (json!({ "active": true, "scope": "" }), 403),
        (json!({ "active": false, "scope": "files:read" }), 401),
        (json!({ "active": "true", "scope": "files:read" }), 401),
        (json!({ "scope": "files:read" }), 401),
        (json!({ "active": true, "scope": "files:read", "aud": "http://127.0.0.1:1" }), 401),
        (json!({ "active": true, "scope": "files:read", "iss": "http://127.0.0.1:1" }), 401),
        (json!({ "active": true, "scope": "files:read", "exp": now() - 1 }), 401),
        (json!({ "active": true, "scope": 5 }), 401),
        (json!([]), 503),
    ] {
        resource.issuer.say(said.clone());
        assert_eq!(resource.call("/read", "opaque").await.status, status, "{said}");
    }
}
