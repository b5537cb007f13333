//! Input that nobody honest sends.

use std::time::{Duration, Instant};

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

/// Nested arrays, `levels` of them.
fn nested(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

fn registration(members: &str) -> String {
    format!(r#"{{"redirect_uris":["http://localhost:8080/callback"],{members}}}"#)
}

#[tokio::test]
async fn json_that_goes_too_far_is_refused_and_what_just_fits_is_read() {
    for config in [ServerConfig::default(), repro(&["offline_access"])] {
        let server = Server::start(config).await;
        // The registration itself is a level, and the reader gives up at the 128th.
        for (members, status) in [
            (format!(r#""x":{}"#, nested(126)), 201),
            (format!(r#""x":{}"#, nested(127)), 400),
            (format!(r#""x":{}"#, nested(128)), 400),
            (format!(r#""x":{}"#, nested(20_000)), 400),
            (format!(r#""scope":{}"#, nested(128)), 400),
            (r#""x":1e999"#.to_owned(), 400),
            (r#""x":-1e999"#.to_owned(), 400),
            (format!(r#""x":{}"#, "9".repeat(1000)), 400),
            (r#""x":1e308"#.to_owned(), 201),
            (r#""x":"\ud800""#.to_owned(), 400),
            (r#""x":"\udc00\ud800""#.to_owned(), 400),
            (r#""x":"\ud83d\ude00""#.to_owned(), 201),
            (r#""scope":"\ud800""#.to_owned(), 400),
            (r#""scope":"offline_access\u0000""#.to_owned(), 400),
            (r#""scope":"\u0000""#.to_owned(), 400),
            ("\"x\":\"\0\"".to_owned(), 400),
            (r#""client_name":"\u0000""#.to_owned(), 201),
            (r#""software_id":"\u0000""#.to_owned(), 400),
        ] {
            let answer = server.register_raw(&registration(&members)).await;
            assert_eq!(answer.status, status, "{} {}", &members[..members.len().min(60)], answer.text);
            if status == 400 {
                assert_eq!(answer.error().as_deref(), Some("invalid_client_metadata"));
            }
        }
    }
}

#[tokio::test]
async fn ten_thousand_duplicates_cost_no_more_than_reading_them() {
    let started = Instant::now();
    for config in [ServerConfig::default(), repro(&["offline_access"])] {
        let server = Server::start(config).await;
        let client = server.public("offline_access").await;

        let body = registration(&format!("{}\"scope\":\"offline_access\"", r#""a":1,"#.repeat(10_000)));
        assert!(body.len() < 64 * 1024);
        assert_eq!(server.register_raw(&body).await.text_member("scope"), "offline_access");

        for (name, count) in [("a", 10_000), ("scope", 10_000), ("state", 10_000), ("client_id", 6_000)] {
            let repeated = format!("&{name}=").repeat(count);
            let query = repeated.get(..60_000.min(repeated.len())).unwrap_or_default();
            let answer = server.authorize(&client, query).await;
            assert!((302..500).contains(&answer.status), "{name} {}", answer.status);
            for path in ["token", "introspect", "revoke"] {
                let answer = server.post(&format!("/oauth/{path}"), FORM, query).await;
                assert!((400..500).contains(&answer.status), "{path} {name} {}", answer.status);
            }
        }
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}
