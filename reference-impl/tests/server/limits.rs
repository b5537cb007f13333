//! The limits of registration that can be switched on, and the one on bodies that always holds.

use std::num::{NonZeroU32, NonZeroUsize};

use reqwest::Method;
use scopecheck_reference::server::{Profile, ServerConfig};

use crate::support::{Server, repro};

const BODY: &str =
    r#"{"redirect_uris":["http://localhost:8080/callback"],"token_endpoint_auth_method":"none"}"#;
const JSON: &str = "application/json";

#[tokio::test]
async fn above_the_rate_nothing_of_the_request_is_looked_at() {
    for profile in [Profile::Standard, Profile::Toolhive] {
        let rate_limit = NonZeroU32::new(1);
        let server = Server::start(ServerConfig { profile, rate_limit, ..ServerConfig::default() }).await;
        assert_eq!(server.register_raw(BODY).await.status, 201);
        // A body that is too large, of the wrong media type and no JSON: the rate comes before all of it (DCR-01).
        let answer = server.post("/oauth/register", "text/plain", "x".repeat(70_000)).await;
        assert_eq!(answer.status, 429);
        assert_eq!(answer.header("retry-after"), "1");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        insta::allow_duplicates! {
            insta::assert_snapshot!(answer.text, @"too many registrations; wait a second");
        }
        assert_eq!(server.running.registered_clients(), 1);
        let metadata = server.get(&server.url("/.well-known/oauth-authorization-server")).await;
        assert_eq!(metadata.status, 200, "the rate is that of registrations");
    }
}

#[tokio::test]
async fn without_room_nothing_is_stored_until_somebody_leaves() {
    for profile in [Profile::Standard, Profile::Toolhive] {
        let capacity = NonZeroUsize::new(2);
        let server = Server::start(ServerConfig { profile, capacity, ..ServerConfig::default() }).await;
        let first = server.public("offline_access").await;
        server.public("offline_access").await;
        let answer = server.register_raw(BODY).await;
        assert_eq!((answer.status, answer.error().as_deref()), (503, Some("server_error")));
        assert_eq!(answer.header("retry-after"), "60");
        insta::allow_duplicates! {
            insta::assert_snapshot!(answer.text_member("error_description"), @"no more clients can be registered; delete one, or try later");
        }
        assert_eq!(server.running.registered_clients(), 2);
        let bad = server.register_raw(r#"{"redirect_uris":[]}"#).await;
        assert_eq!(bad.status, 400, "a bad request is told so first");
        if profile == Profile::Standard {
            assert_eq!(server.update_scope(&first, r#""read""#).await.status, 200, "an update needs no room");
            let text = |name: &str| first.registration[name].as_str().unwrap();
            let (uri, token) = (text("registration_client_uri"), text("registration_access_token"));
            assert_eq!(server.bearer(Method::DELETE, uri, token).await.status, 204);
            assert_eq!(server.register_raw(BODY).await.status, 201);
        }
    }
}

#[tokio::test]
async fn a_body_of_64_kib_is_read_and_one_octet_more_is_not() {
    const CAP: usize = 64 * 1024;
    for (config, refused) in [(ServerConfig::default(), 400), (repro(&[]), 413)] {
        let server = Server::start(config).await;
        for (size, status) in [(CAP - 1, 201), (CAP, 201), (CAP + 1, refused)] {
            let body = BODY.replacen('{', &format!("{{{}", " ".repeat(size - BODY.len())), 1);
            assert_eq!(body.len(), size);
            assert_eq!(server.post("/oauth/register", JSON, body).await.status, status, "{size}");
        }
    }
    let server = Server::standard().await;
    let client = server.confidential("read").await;
    for (size, status) in [(CAP - 1, 200), (CAP, 200), (CAP + 1, 413)] {
        let form = "grant_type=client_credentials&x=";
        let body = format!("{form}{}", "x".repeat(size - form.len()));
        assert_eq!(server.form("/oauth/token", &client, &body).await.status, status, "{size}");
    }
}

#[tokio::test]
async fn an_update_is_held_to_the_rate_and_the_cap_too() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let text = |name: &str| client.registration[name].as_str().unwrap();
    let (uri, token) = (text("registration_client_uri"), text("registration_access_token"));
    let large = server.put(uri, token, &"x".repeat(70_000)).await;
    assert_eq!((large.status, large.error().as_deref()), (400, Some("invalid_client_metadata")));

    let config = ServerConfig { rate_limit: NonZeroU32::new(1), ..ServerConfig::default() };
    let server = Server::start(config).await;
    let client = server.public("read").await;
    assert_eq!(server.update_scope(&client, r#""write""#).await.status, 429);
    assert_eq!(server.running.registered_scope(&client.id).unwrap(), ["read"]);
}
