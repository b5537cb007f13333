//! The token endpoint, introspection and revocation.

use scopecheck_reference::server::{ClaimForm, ServerConfig, TokenFormat};
use serde_json::{Value, json};

use crate::support::{REDIRECT_URI, Server, VERIFIER, decoded, encoded};

#[tokio::test]
async fn the_claim_form_is_the_configured_one_and_only_a_scope_string_makes_an_at_jwt() {
    for (form, token_type, claim, value) in [
        (ClaimForm::ScopeString, "at+jwt", "scope", json!("read write")),
        (ClaimForm::ScpString, "JWT", "scp", json!("read write")),
        (ClaimForm::ScpArray, "JWT", "scp", json!(["read", "write"])),
        (ClaimForm::ScopeArray, "JWT", "scope", json!(["read", "write"])),
    ] {
        let server = Server::start(ServerConfig { claim_form: Some(form), ..ServerConfig::default() }).await;
        let client = server.public("read write").await;
        let token = server.login(&client, "scope=read+write").await.text_member("access_token");
        let (header, claims) = decoded(&token).unwrap();
        assert_eq!(header["typ"], token_type, "{form}");
        assert_eq!(claims[claim], value, "{form}");
        let other = if claim == "scope" { "scp" } else { "scope" };
        assert_eq!(claims.get(other), None, "{form}");
        assert_eq!(claims["iss"], server.running.issuer());
    }
}

#[tokio::test]
async fn the_signature_fits_the_published_key() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let token = server.login(&client, "scope=read&resource=urn:api").await.text_member("access_token");
    let keys = server.get(&server.url("/oauth/jwks")).await.json();
    let jwk: jsonwebtoken::jwk::Jwk = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
    validation.set_audience(&["urn:api"]);
    validation.set_issuer(&[server.running.issuer()]);
    let key = jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap();
    let read = jsonwebtoken::decode::<Value>(&token, &key, &validation).unwrap();
    assert_eq!(read.claims["scope"], "read");
    assert_eq!(read.header.kid, jwk.common.key_id);
}

#[tokio::test]
async fn an_opaque_token_is_explained_by_introspection() {
    let config = ServerConfig { token_format: TokenFormat::Opaque, ..ServerConfig::default() };
    let server = Server::start(config).await;
    let client = server.public("read write").await;
    let login = server.login(&client, "scope=write").await;
    let token = login.text_member("access_token");
    assert_eq!(decoded(&token), None);
    let told = server.introspect(&client, &token).await;
    assert_eq!((&told["active"], &told["scope"]), (&json!(true), &json!("write")));
    let refresh = server.introspect(&client, &login.text_member("refresh_token")).await;
    assert_eq!((&refresh["active"], &refresh["scope"]), (&json!(true), &json!("write")));
}

#[tokio::test]
async fn a_public_client_learns_of_its_own_tokens_only() {
    let server = Server::standard().await;
    let (owner, other) = (server.public("read").await, server.public("read").await);
    let resource = server.confidential("read").await;
    let token = server.login(&owner, "scope=read").await.text_member("access_token");
    assert_eq!(server.introspect(&owner, &token).await["active"], true);
    assert_eq!(server.introspect(&other, &token).await, json!({ "active": false }));
    assert_eq!(server.introspect(&resource, &token).await["active"], true);
    let nobody = server.post("/oauth/introspect", "application/x-www-form-urlencoded", "token=x").await;
    assert_eq!((nobody.status, nobody.error().as_deref()), (401, Some("invalid_client")));
}

#[tokio::test]
async fn a_revoked_token_tells_nothing_more() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let login = server.login(&client, "scope=read").await;
    let (access, refresh) = (login.text_member("access_token"), login.text_member("refresh_token"));
    let revoked = server.form("/oauth/revoke", &client, &encoded(&[("token", &access)])).await;
    assert_eq!(revoked.status, 200);
    assert_eq!(server.introspect(&client, &access).await, json!({ "active": false }));
    assert_eq!(server.form("/oauth/revoke", &client, "token=unknown").await.status, 200);

    let second = server.refresh(&client, &refresh, "").await;
    let (access, refresh) = (second.text_member("access_token"), second.text_member("refresh_token"));
    let other = server.public("read").await;
    let foreign = server.form("/oauth/revoke", &other, &encoded(&[("token", &refresh)])).await;
    assert_eq!(foreign.error().as_deref(), Some("unauthorized_client"));
    server.form("/oauth/revoke", &client, &encoded(&[("token", &refresh)])).await;
    assert_eq!(server.introspect(&client, &access).await, json!({ "active": false }));
    assert_eq!(server.refresh(&client, &refresh, "").await.error().as_deref(), Some("invalid_grant"));
}

#[tokio::test]
async fn a_scope_at_the_code_exchange_is_ignored() {
    let server = Server::standard().await;
    let client = server.public("read write").await;
    let code = server.authorize(&client, "scope=read").await.redirected("code").unwrap();
    let answer = server.redeem(&client, &code, "scope=write").await;
    assert_eq!((answer.status, answer.text_member("scope").as_str()), (200, "read"));
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
}

#[tokio::test]
async fn a_code_is_good_once_and_its_second_use_ends_its_tokens() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let code = server.authorize(&client, "scope=read").await.redirected("code").unwrap();
    let token = server.redeem(&client, &code, "").await.text_member("access_token");
    assert_eq!(server.redeem(&client, &code, "").await.error().as_deref(), Some("invalid_grant"));
    assert_eq!(server.introspect(&client, &token).await["active"], false);
}

#[tokio::test]
async fn a_code_is_bound_to_its_client_verifier_and_redirect_uri() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    for (uri, verifier) in [(REDIRECT_URI, "wrong"), ("http://localhost:8080/other", VERIFIER)] {
        let code = server.authorize(&client, "scope=read").await.redirected("code").unwrap();
        let form = encoded(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", uri),
            ("code_verifier", verifier),
        ]);
        let answer = server.form("/oauth/token", &client, &form).await;
        assert_eq!(answer.error().as_deref(), Some("invalid_grant"));
    }
    let other = server.public("read").await;
    let code = server.authorize(&client, "scope=read").await.redirected("code").unwrap();
    assert_eq!(server.redeem(&other, &code, "").await.error().as_deref(), Some("invalid_grant"));
}

#[tokio::test]
async fn a_token_response_has_its_members_in_one_order() {
    let server = Server::standard().await;
    let client = server.public("read").await;
    let answer = server.login(&client, "scope=read").await.json();
    let names: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(names, ["access_token", "token_type", "expires_in", "refresh_token", "scope"]);
}
