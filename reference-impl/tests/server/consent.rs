//! Who consents, and to what.

use scopecheck_reference::server::{Consent, Person, ServerConfig};

use crate::support::{Answer, Server, decoded, repro};

fn scopes(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

async fn with_consent(consent: Consent) -> Server {
    Server::start(ServerConfig { consent, ..ServerConfig::default() }).await
}

/// The granted scope and the subject, or the error.
async fn ended(server: &Server, extra: &str) -> (String, Answer) {
    let client = server.public("read write files:read").await;
    let answer = server.login(&client, extra).await;
    let Some((_, claims)) = decoded(&answer.text_member("access_token")) else {
        return (answer.error().unwrap_or_default(), answer);
    };
    let (said, sub) = (answer.text_member("scope"), claims["sub"].as_str().unwrap());
    assert_eq!(claims["scope"], said, "the answer says what the token is good for");
    (format!("{said} of {sub}"), answer)
}

#[tokio::test]
async fn a_narrowed_grant_is_reported_and_stays_narrow() {
    let server = with_consent(Consent::Narrow(scopes("write admin read"))).await;
    for (extra, expected) in [
        ("scope=read+files:read+write", "read write of resource-owner"),
        ("scope=read", "read of resource-owner"),
        ("", "read of resource-owner"),
        ("scope=files:read", "access_denied"),
    ] {
        assert_eq!(ended(&server, extra).await.0, expected, "{extra}");
    }
    let client = server.public("read write files:read").await;
    let login = server.login(&client, "scope=read+files:read").await;
    let refresh = login.text_member("refresh_token");
    let wider = server.refresh(&client, &refresh, "scope=read+files:read").await;
    assert_eq!((wider.status, wider.error().as_deref()), (400, Some("invalid_scope")));
    assert_eq!(server.refresh(&client, &refresh, "").await.text_member("scope"), "read");
}

#[tokio::test]
async fn a_declined_request_ends_at_the_client_with_access_denied() {
    let server = with_consent(Consent::Decline).await;
    let (error, answer) = ended(&server, "scope=read").await;
    assert_eq!(error, "access_denied");
    assert_eq!(answer.status, 302);
    assert_eq!(answer.redirected("state").as_deref(), Some("a state with / and spaces"));
    assert_eq!(answer.redirected("code"), None);
    insta::assert_snapshot!(answer.redirected("error_description").unwrap(), @"the resource owner did not consent; ask again, or for other scopes");
}

#[tokio::test]
async fn a_bad_request_is_refused_before_anybody_is_asked() {
    let server = with_consent(Consent::Decline).await;
    assert_eq!(ended(&server, "scope=admin").await.0, "invalid_scope");
}

#[tokio::test]
async fn the_hint_names_who_is_asked() {
    let server = with_consent(Consent::Decline).await;
    for (hint, expected) in [
        ("second-owner", "write read of second-owner"),
        ("cautious-owner", "read of cautious-owner"),
        ("unwilling-owner", "access_denied"),
        ("resource-owner", "access_denied"),
        ("nobody+known", "access_denied"),
        ("", "access_denied"),
    ] {
        let extra = format!("scope=write+read&login_hint={hint}");
        assert_eq!(ended(&server, &extra).await.0, expected, "{hint}");
    }
    let twice = ended(&server, "scope=read&login_hint=second-owner&login_hint=cautious-owner").await;
    assert_eq!(twice.0, "invalid_request");
}

#[tokio::test]
async fn the_configuration_names_who_is_there_without_a_hint() {
    let config = ServerConfig { person: Person::SecondOwner, ..ServerConfig::default() };
    let server = Server::start(config).await;
    assert_eq!(ended(&server, "scope=read").await.0, "read of second-owner");
}

#[tokio::test]
async fn behind_an_identity_provider_the_person_is_asked_after_the_login() {
    let server =
        Server::start(ServerConfig { consent: Consent::Decline, ..repro(&["offline_access"]) }).await;
    let client = server.public("openid").await;
    let sent = server.authorize(&client, "scope=openid").await;
    assert!(sent.header("location").starts_with(server.running.upstream_origin().unwrap()));
    let end = server.follow(sent).await;
    assert_eq!((end.status, end.error().as_deref()), (303, Some("access_denied")));
}

#[tokio::test]
async fn a_consent_that_leaves_out_offline_access_earns_no_refresh_token() {
    let config = ServerConfig { consent: Consent::Narrow(scopes("openid")), ..repro(&["offline_access"]) };
    let server = Server::start(config).await;
    let client = server.public("openid").await;
    let answer = server.login(&client, "scope=openid+offline_access").await;
    assert_eq!(answer.text_member("scope"), "openid");
    assert!(answer.member("refresh_token").is_null());
}

#[tokio::test]
async fn two_persons_of_one_client_do_not_share_a_consent() {
    let server = Server::standard().await;
    let client = server.public("read write").await;
    server.login(&client, "scope=read+write").await;
    let second = server.login(&client, "scope=read&login_hint=second-owner").await;
    assert_eq!(second.text_member("scope"), "read");
    let told = server.introspect(&client, &second.text_member("access_token")).await;
    assert_eq!((&told["sub"], &told["scope"]), (&"second-owner".into(), &"read".into()));
}
