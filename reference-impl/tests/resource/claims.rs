//! The scope of a token, in all the forms that are met.

use serde_json::{Value, json};

use crate::support::Resource;

/// The status of `both`, which demands `files:read` and `files:write`, for these claims.
async fn statuses(resource: &Resource, cases: &[Value]) -> Vec<(u16, String)> {
    let mut seen = Vec::new();
    for claims in cases {
        let answer = resource.call("/both", &resource.token(claims.clone())).await;
        seen.push((answer.status, claims.to_string()));
    }
    seen
}

#[tokio::test]
async fn every_form_of_the_claim_leads_to_the_same_decision() {
    let resource = Resource::start().await;
    for (status, claims) in statuses(
        &resource,
        &[
            json!({ "scope": "files:read files:write" }),
            json!({ "scope": "files:write files:read files:read" }),
            json!({ "scope": ["files:read", "files:write"] }),
            json!({ "scp": "files:read files:write" }),
            json!({ "scp": ["files:read", "files:write"] }),
            json!({ "scope": "files:read files:write", "scp": ["files:write", "files:read"] }),
        ],
    )
    .await
    {
        assert_eq!(status, 200, "{claims}");
    }
}

#[tokio::test]
async fn what_states_no_scope_opens_nothing() {
    let resource = Resource::start().await;
    for (status, claims) in statuses(
        &resource,
        &[
            json!({}),
            json!({ "scope": "" }),
            json!({ "scope": [] }),
            json!({ "scope": " " , "scp": [] }),
            json!({ "scope": "files:read" }),
            json!({ "scp": ["files:read"] }),
            json!({ "Scope": "files:read files:write" }),
            json!({ "roles": ["files:read", "files:write"] }),
            json!({ "permissions": ["files:read", "files:write"] }),
            json!({ "realm_access": { "scope": "files:read files:write" } }),
        ],
    )
    .await
    {
        assert!(matches!(status, 401 | 403), "{status} {claims}");
    }
}

#[tokio::test]
async fn what_is_contradictory_or_malformed_opens_nothing() {
    let resource = Resource::start().await;
    for (status, claims) in statuses(
        &resource,
        &[
            json!({ "scope": "files:read", "scp": ["files:write"] }),
            json!({ "scope": "files:read files:write", "scp": ["files:read"] }),
            json!({ "scope": "files:read", "scp": ["files:read", "files:write"] }),
            json!({ "scope": ["files:read files:write"] }),
            json!({ "scope": ["files:read", "files:write", 1] }),
            json!({ "scope": ["files:read", "files:write", ["x"]] }),
            json!({ "scope": { "files:read": true, "files:write": true } }),
            json!({ "scope": true }),
            json!({ "scope": 1 }),
            json!({ "scope": "files:read\tfiles:write" }),
            json!({ "scope": "files:read,files:write" }),
            json!({ "scope": "files:read files:write a\"b" }),
        ],
    )
    .await
    {
        assert!(matches!(status, 401 | 403), "{status} {claims}");
    }
}

#[tokio::test]
async fn a_claim_that_stands_there_twice_opens_nothing() {
    let resource = Resource::start().await;
    let claims = resource.claims(json!({ "scope": "files:read files:write" })).to_string();
    let twice = claims.replacen('{', r#"{"scope":"x","#, 1);
    assert_eq!(resource.call("/both", &resource.issuer.key.sign("at+jwt", &claims)).await.status, 200);
    assert_eq!(resource.call("/both", &resource.issuer.key.sign("at+jwt", &twice)).await.status, 401);
}

#[tokio::test]
async fn look_alikes_of_a_scope_open_nothing() {
    let resource = Resource::start().await;
    for scope in [
        "files",
        "files:",
        "files:rea",
        "iles:read",
        "files:readx",
        "files:read:x",
        "FILES:READ",
        "fi1es:read",
        "*",
        "files:*",
        "files%3Aread",
    ] {
        assert_eq!(resource.with_scope("/read", scope).await.status, 403, "{scope}");
    }
}
