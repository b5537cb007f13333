//! What a refusal says.

use serde_json::json;

use crate::issuer::now;
use crate::support::Resource;

#[tokio::test]
async fn every_refusal_says_why_and_what_is_needed() {
    let resource = Resource::start().await;
    let expired = resource.token(json!({ "exp": now() - 1, "scope": "files:read" }));
    let read = resource.token(json!({ "scope": "files:read" }));
    let bearer = |token: &str| format!("Bearer {token}");
    let twice = resource.request("/both").header("authorization", bearer(&read));
    let answers = [
        ("no token", resource.get("/both").await),
        (
            "another scheme",
            resource.send(resource.request("/both").header("authorization", "Basic YTpi")).await,
        ),
        ("a token in the query only", resource.get(&format!("/both?access_token={read}")).await),
        ("an expired token", resource.call("/both", &expired).await),
        ("too little scope", resource.call("/both", &read).await),
        ("too little scope for either", resource.call("/either", &read).await),
        (
            "no token in the header",
            resource.send(resource.request("/both").header("authorization", "Bearer")).await,
        ),
        ("two headers", resource.send(twice.header("authorization", bearer(&read))).await),
        ("a tool without a token", resource.tool(None, "both").await),
        ("a tool of too little scope", resource.tool(Some(&read), "both").await),
    ];
    let lines = answers.map(|(name, answer)| {
        format!("{name}\n  {} {}\n  {}", answer.status, resource.stable(answer.challenge()), answer.text)
    });
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn a_token_of_exactly_the_named_scope_is_enough() {
    let resource = Resource::start().await;
    assert_eq!(resource.with_scope("/both", "files:read files:write").await.status, 200);
    assert_eq!(resource.with_scope("/both", "files:write x files:read").await.status, 200);
    assert_eq!(resource.with_scope("/either", "files:write").await.status, 200);
    assert_eq!(resource.with_scope("/either", "admin").await.status, 200);
    assert_eq!(resource.with_scope("/either", "files:read").await.status, 403);
    assert_eq!(resource.call("/open", &resource.token(json!({}))).await.status, 200);
    assert_eq!(resource.get("/open").await.status, 401);
}

#[tokio::test]
async fn what_an_operation_is_called_with_is_told_and_may_not_be_stored() {
    let resource = Resource::start().await;
    let answer = resource.with_scope("/read", "files:read x").await;
    assert_eq!(answer.json(), json!({ "operation": "read", "scope": "files:read x" }));
    assert_eq!(answer.headers["cache-control"], "no-store");
    let unknown = resource.get("/nothing").await;
    assert_eq!((unknown.status, unknown.json()["operations"][0].as_str()), (404, Some("read")));
}

#[tokio::test]
async fn an_initial_scope_is_named_before_anything_is_called() {
    let resource = Resource::configured(|config| config.initial_scope = vec!["files:read".to_owned()]).await;
    let answer = resource.message(None, &json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize" })).await;
    let expected = r#"Bearer scope="files:read", resource_metadata="$RESOURCE/.well-known/oauth-protected-resource/mcp""#;
    assert_eq!((answer.status, resource.stable(answer.challenge()).as_str()), (401, expected));
}
