//! Requests that nobody sends by accident.

use serde_json::json;

use crate::issuer::encoded;
use crate::support::Resource;

#[tokio::test]
async fn what_is_too_large_is_refused_and_the_server_goes_on() {
    let resource = Resource::start().await;
    // The HTTP library bounds a head below 1 MiB; it answers 431, or closes the connection while it is being sent.
    let huge = resource.request("/read").header("authorization", format!("Bearer {}", "a".repeat(1 << 20)));
    if let Ok(response) = huge.send().await {
        assert_eq!(response.status().as_u16(), 431);
    }
    let token = resource.token(json!({ "scope": "files:read" }));
    let authorized = || resource.post("/mcp").header("authorization", format!("Bearer {token}"));
    for (size, status) in [(64 * 1024, 200), (64 * 1024 + 1, 413)] {
        let message = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}"#;
        let body = format!("{message}{}", " ".repeat(size - message.len()));
        assert_eq!(resource.send(authorized().body(body)).await.status, status, "{size}");
    }
    assert_eq!(resource.call("/read", &token).await.status, 200);
}

#[tokio::test]
async fn odd_tokens_and_messages_are_refused_and_nothing_panics() {
    let resource = Resource::start().await;
    let deep = format!(r#"{{"scope":{}1{}}}"#, "[".repeat(5000), "]".repeat(5000));
    let many = format!(r#"{{{}"scope":"files:read"}}"#, r#""scope":"a","#.repeat(10_000));
    for claims in [
        deep.as_str(),
        r#"{"exp":1e999}"#,
        r#"{"scope":"\ud800"}"#,
        "{\"scope\":\"a\u{0}\"}",
        many.as_str(),
        "[]",
        "",
    ] {
        let token = resource.issuer.key.sign("at+jwt", claims);
        let status = resource.call("/read", &token).await.status;
        assert_eq!(status, 401, "{}", claims.chars().take(40).collect::<String>());
    }
    for token in ["..", "a..b", &format!("{}..", encoded("{}")), &"a.".repeat(10_000), "%00", "a b"] {
        let status = resource.call("/read", token).await.status;
        assert!(matches!(status, 400 | 401), "{status} {}", &token[..token.len().min(40)]);
    }
    let good = resource.token(json!({ "scope": "files:read" }));
    for body in ["", "{", "[]", "null", "\u{feff}{}", &"[".repeat(60_000)] {
        let request = resource.post("/mcp").header("authorization", format!("Bearer {good}"));
        assert_eq!(resource.send(request.body(body.to_owned())).await.status, 400);
    }
}

#[tokio::test]
async fn scopes_with_odd_characters_are_challenged_as_they_are() {
    let resource = Resource::configured(|config| {
        config.operations =
            vec![scopecheck_reference::resource::Operation::all("odd", &["a,b", "urn:x=G", "'!#$%&()*+"])];
    })
    .await;
    let answer = resource.with_scope("/odd", "a").await;
    assert!(answer.challenge().contains(r#"scope="a,b urn:x=G '!#$%&()*+""#), "{}", answer.challenge());
    assert_eq!(resource.with_scope("/odd", "'!#$%&()*+ a,b urn:x=G").await.status, 200);
}
