//! Input that nobody honest sends.

use scopecheck_reference::server::ServerConfig;

use crate::support::{Server, repro};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn no_input_is_answered_with_status_500() {
    for config in [ServerConfig::default(), repro(&["offline_access"])] {
        let server = Server::start(config).await;
        let deep = vec![b'['; 50_000];
        let bodies: [&[u8]; 8] = [
            b"",
            b"&&&===",
            b"%",
            b"%zz=%ff&scope=%ff%00",
            b"scope[]=a&scope[]=b",
            b"\xff\xfe",
            b"{\"scope\":\"\\ud800\"}",
            &deep,
        ];
        for body in bodies {
            for path in ["token", "introspect", "revoke", "register", "authorize"] {
                for media_type in [FORM, "application/json", "", "text/plain; charset=x"] {
                    let answer = server.post(&format!("/oauth/{path}"), media_type, body).await;
                    assert!((400..500).contains(&answer.status), "{path} {media_type} {}", answer.status);
                }
            }
        }
        let long = "a".repeat(60_000);
        let client = server.public("offline_access").await;
        for extra in
            [format!("scope={long}"), format!("scope={}", "a+".repeat(20_000)), "%%%&scope=%".to_owned()]
        {
            let answer = server.authorize(&client, &extra).await;
            assert!((302..500).contains(&answer.status), "{}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_everywhere() {
    let server = Server::standard().await;
    for path in ["token", "introspect", "revoke", "authorize"] {
        let answer = server.post(&format!("/oauth/{path}"), FORM, "x".repeat(70_000)).await;
        assert_eq!(answer.status, 413, "{path}");
    }
}

#[tokio::test]
async fn thousands_of_scopes_cost_no_more_than_reading_them() {
    let server = Server::standard().await;
    let client = server.confidential("read").await;
    let many: Vec<String> = (0..12_000).map(|number| format!("{number:x}")).collect();
    let form = format!("grant_type=client_credentials&scope={}", many.join("+"));
    let answer = server.form("/oauth/token", &client, &form).await;
    assert_eq!((answer.status, answer.error().as_deref()), (400, Some("invalid_scope")));
}
