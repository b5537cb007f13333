//! The authorization endpoint: which scope is granted, and where a refusal goes.

use scopecheck_reference::server::{ServerConfig, UnknownScopes};

use crate::support::{REDIRECT_URI, Server, encoded, repro};

#[tokio::test]
async fn the_grant_is_what_was_asked_for() {
    let server = Server::standard().await;
    let client = server.public("read write files:read").await;
    for (extra, scope) in [
        ("scope=read+write", "read write"),
        ("scope=write%20read", "write read"),
        ("scope=files%3Aread", "files:read"),
        ("scope=read+read", "read"),
        ("scope=++read++write+", "read write"),
        ("scope=read&scopes=write&Scope=write&scope%5B%5D=write", "read"),
        ("", "read"),
        ("scope=", "read"),
        ("scope=+", "read"),
    ] {
        let answer = server.login(&client, extra).await;
        assert_eq!((answer.status, answer.text_member("scope").as_str()), (200, scope), "{extra}");
    }
}

#[tokio::test]
async fn a_scope_that_the_client_may_not_have_is_an_invalid_scope() {
    let server = Server::standard().await;
    let client = server.public("read files:read").await;
    for extra in [
        "scope=unknown",
        "scope=unknown+read",
        "scope=read+unknown",
        // Supported, but not registered.
        "scope=write",
        "scope=READ",
        "scope=readx",
        "scope=rea",
        "scope=files",
        "scope=read,files:read",
        "scope=read%09files:read",
        "scope=read%C2%A0files:read",
        "scope=files%253Aread",
        "scope=a%22b",
        "scope=%5C",
        "scope=%00",
        "scope=%FF",
    ] {
        let answer = server.authorize(&client, extra).await;
        assert_eq!((answer.status, answer.error().as_deref()), (302, Some("invalid_scope")), "{extra}");
        assert!(answer.header("location").starts_with(REDIRECT_URI), "{extra}");
        assert_eq!(answer.redirected("state").as_deref(), Some("a state with / and spaces"), "{extra}");
        assert_eq!(answer.redirected("code"), None, "{extra}");
        let text = answer.redirected("error_description").unwrap();
        assert!(text.bytes().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E)), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_names_the_offender() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let unknown = server.authorize(&client, "scope=read+unknown").await;
    insta::assert_snapshot!(unknown.redirected("error_description").unwrap(), @"The requested scope is invalid, unknown, or malformed: the client may not have 'unknown'; register it or leave it out.");
    let malformed = server.authorize(&client, "scope=read+a%22b").await;
    insta::assert_snapshot!(malformed.redirected("error_description").unwrap(), @"The scope 'a'b' is malformed: `'` (0x22) at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out.");
}

#[tokio::test]
async fn a_repeated_scope_is_an_invalid_request() {
    let server = Server::standard().await;
    let client = server.public("read write").await;
    for extra in
        ["scope=read&scope=write", "scope=read&scope=read", "scope=&scope=read", "scope=read&state=again"]
    {
        let answer = server.authorize(&client, extra).await;
        assert_eq!(answer.error().as_deref(), Some("invalid_request"), "{extra}");
    }
}

#[tokio::test]
async fn where_unknown_scopes_are_ignored_the_answer_says_what_is_left() {
    let config = ServerConfig { unknown: UnknownScopes::Ignore, ..ServerConfig::default() };
    let server = Server::start(config).await;
    let client = server.public("read write").await;
    let answer = server.login(&client, "scope=read+unknown").await;
    assert_eq!(answer.text_member("scope"), "read");
    let answer = server.authorize(&client, "scope=unknown").await;
    assert_eq!(answer.error().as_deref(), Some("invalid_scope"));
}

#[tokio::test]
async fn without_any_default_scope_an_omitted_scope_is_an_invalid_scope() {
    let server = Server::standard().await;
    let client = server.public("write").await;
    assert_eq!(server.authorize(&client, "").await.error().as_deref(), Some("invalid_scope"));
}

#[tokio::test]
async fn a_bad_client_or_redirect_uri_is_never_redirected_to() {
    for server in [Server::standard().await, Server::start(repro(&["offline_access"])).await] {
        let client = server.public("offline_access").await;
        for (id, uri) in [
            (client.id.as_str(), "http://localhost:8080/callback/"),
            (&client.id, "http://evil.example/"),
            ("nobody", REDIRECT_URI),
            ("", REDIRECT_URI),
        ] {
            let query = encoded(&[
                ("client_id", id),
                ("redirect_uri", uri),
                ("scope", "no such"),
                ("state", "12345678"),
            ]);
            let answer = server.get(&server.url(&format!("/oauth/authorize?{query}"))).await;
            assert!(matches!(answer.status, 400 | 401), "{} for {uri}", answer.status);
            assert_eq!(answer.header("location"), "");
        }
    }
}

#[tokio::test]
async fn pkce_with_s256_is_required_of_every_client() {
    let server = Server::standard().await;
    for client in [server.public("read").await, server.confidential("read").await] {
        for extra in ["", "code_challenge=abc", "code_challenge=abc&code_challenge_method=plain"] {
            let query = encoded(&[
                ("client_id", &client.id),
                ("redirect_uri", REDIRECT_URI),
                ("response_type", "code"),
            ]);
            let answer = server.get(&server.url(&format!("/oauth/authorize?{query}&{extra}"))).await;
            assert_eq!(answer.error().as_deref(), Some("invalid_request"), "{extra}");
        }
    }
}

#[tokio::test]
async fn a_form_is_as_good_as_a_query() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let url = server.authorize(&client, "scope=read").await;
    assert!(url.redirected("code").is_some());
    let form = encoded(&[
        ("client_id", &client.id),
        ("response_type", "code"),
        ("scope", "read"),
        ("code_challenge", "x"),
        ("code_challenge_method", "S256"),
    ]);
    let answer = server.post("/oauth/authorize", "application/x-www-form-urlencoded", form.clone()).await;
    assert!(answer.redirected("code").is_some(), "{answer:?}");
    let twice = server.post("/oauth/authorize?scope=read", "application/x-www-form-urlencoded", form).await;
    assert_eq!(twice.error().as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn the_order_of_the_checks_is_that_of_az_02() {
    let server = Server::start(repro(&["offline_access"])).await;
    let client = server.public("openid").await;
    let error = |pairs: Vec<(&'static str, &'static str)>| {
        let id = client.id.clone();
        let server = &server;
        async move {
            let mut all = vec![("client_id", id.as_str()), ("redirect_uri", REDIRECT_URI)];
            all.extend(pairs);
            server.get(&server.url(&format!("/oauth/authorize?{}", encoded(&all)))).await.error().unwrap()
        }
    };
    assert_eq!(
        error(vec![("scope", "x"), ("response_type", "token"), ("state", "s")]).await,
        "invalid_scope"
    );
    assert_eq!(error(vec![("scope", "x"), ("response_type", "code"), ("state", "s")]).await, "invalid_scope");
    assert_eq!(
        error(vec![("scope", "openid"), ("response_type", "token"), ("state", "s")]).await,
        "unsupported_response_type"
    );
    assert_eq!(
        error(vec![("scope", "openid"), ("response_type", "code"), ("state", "s")]).await,
        "invalid_state"
    );
    assert_eq!(error(vec![("scope", "OPENID"), ("state", "12345678")]).await, "invalid_scope");
}

#[tokio::test]
async fn the_query_of_a_redirect_uri_stays_and_the_fragment_is_used_where_asked_for() {
    let server = Server::standard().await;
    let body =
        r#"{"redirect_uris":["http://localhost:8080/callback?x=1"],"token_endpoint_auth_method":"none"}"#;
    let id = server.register_raw(body).await.text_member("client_id");
    let query = encoded(&[("client_id", &id), ("response_type", "code"), ("scope", "none"), ("state", "s")]);
    let pkce = "code_challenge=x&code_challenge_method=S256";
    let answer = server.get(&server.url(&format!("/oauth/authorize?{query}&{pkce}"))).await;
    assert!(answer.header("location").starts_with("http://localhost:8080/callback?x=1&error=invalid_scope&"));
    let url = server.url(&format!("/oauth/authorize?{query}&{pkce}&response_mode=fragment"));
    let answer = server.get(&url).await;
    assert!(answer.header("location").starts_with("http://localhost:8080/callback?x=1#error=invalid_scope&"));
}
