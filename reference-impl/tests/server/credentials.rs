//! Client authentication and the client credentials grant.

use serde_json::json;

use crate::support::Server;

const GRANT: &str = "grant_type=client_credentials";

#[tokio::test]
async fn client_credentials_give_what_the_client_may_have() {
    let server = Server::standard().await;
    for method in ["client_secret_basic"] {
        let client = server.register(method, json!("read write")).await;
        for (extra, scope) in [("", "read"), ("&scope=", "read"), ("&scope=write", "write")] {
            let answer = server.form("/oauth/token", &client, &format!("{GRANT}{extra}")).await;
            assert_eq!((answer.status, answer.text_member("scope").as_str()), (200, scope), "{extra}");
            assert!(answer.member("refresh_token").is_null());
        }
        for extra in ["&scope=unknown", "&scope=read+admin", "&scope=a%22b"] {
            let answer = server.form("/oauth/token", &client, &format!("{GRANT}{extra}")).await;
            assert_eq!((answer.status, answer.error().as_deref()), (400, Some("invalid_scope")), "{extra}");
        }
        let answer = server.form("/oauth/token", &client, &format!("{GRANT}&scope=read&scope=write")).await;
        assert_eq!((answer.status, answer.error().as_deref()), (400, Some("invalid_request")));
    }
}

#[tokio::test]
async fn the_secret_may_stand_in_the_body_where_the_client_registered_that() {
    let server = Server::standard().await;
    let client = server.register("client_secret_post", json!("read")).await;
    let secret = client.secret.clone().unwrap();
    let form = format!("{GRANT}&client_id={}&client_secret={secret}", client.id);
    let media_type = "application/x-www-form-urlencoded";
    assert_eq!(server.post("/oauth/token", media_type, form).await.status, 200);
    let basic = server.form("/oauth/token", &client, GRANT).await;
    assert_eq!((basic.status, basic.error().as_deref()), (401, Some("invalid_client")));
    assert!(basic.header("www-authenticate").starts_with("Basic "));
}

#[tokio::test]
async fn a_wrong_secret_and_no_client_at_all_are_refused() {
    let server = Server::standard().await;
    let mut client = server.confidential("read").await;
    client.secret = Some("wrong".to_owned());
    let answer = server.form("/oauth/token", &client, GRANT).await;
    assert_eq!((answer.status, answer.error().as_deref()), (401, Some("invalid_client")));
    client.secret = None;
    let answer = server.form("/oauth/token", &client, GRANT).await;
    assert_eq!((answer.status, answer.error().as_deref()), (401, Some("invalid_client")));
    let answer = server.post("/oauth/token", "application/x-www-form-urlencoded", GRANT).await;
    assert_eq!((answer.status, answer.error().as_deref()), (401, Some("invalid_client")));
}

#[tokio::test]
async fn a_grant_type_must_be_known_and_registered() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    for (grant, error) in [
        ("grant_type=client_credentials", "unauthorized_client"),
        ("grant_type=password", "unsupported_grant_type"),
        ("x=y", "invalid_request"),
        ("grant_type=refresh_token&grant_type=refresh_token", "invalid_request"),
    ] {
        let answer = server.form("/oauth/token", &client, grant).await;
        assert_eq!((answer.status, answer.error().as_deref()), (400, Some(error)), "{grant}");
    }
    let twice =
        server.form("/oauth/token?grant_type=refresh_token", &client, "grant_type=refresh_token").await;
    assert_eq!(twice.error().as_deref(), Some("invalid_request"));
}
