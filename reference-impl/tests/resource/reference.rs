//! The resource server beside the reference authorization server, with tokens that that one issues.

use scopecheck_reference::resource::{ResourceConfig, TokenCheck, start};
use scopecheck_reference::server::{self, ClaimForm, ServerConfig, TokenFormat};
use serde_json::{Value, json};

/// Registers a client that uses its own credentials, and gives its id and secret.
async fn registered(http: &reqwest::Client, issuer: &str) -> (String, String) {
    let body = json!({
        "redirect_uris": ["http://localhost:8080/callback"],
        "grant_types": ["client_credentials", "authorization_code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "read write",
    });
    let request = http.post(format!("{issuer}/oauth/register")).header("content-type", "application/json");
    let text = request.body(body.to_string()).send().await.unwrap().text().await.unwrap();
    let answer: Value = serde_json::from_str(&text).unwrap();
    (answer["client_id"].as_str().unwrap().to_owned(), answer["client_secret"].as_str().unwrap().to_owned())
}

async fn status(format: TokenFormat, claim: ClaimForm, operation: &str) -> u16 {
    let config = ServerConfig { token_format: format, claim_form: Some(claim), ..ServerConfig::default() };
    let server = server::start(config).await.unwrap();
    let issuer = server.issuer().to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let (id, secret) = registered(&http, &issuer).await;
    let check = match format {
        TokenFormat::Jwt => TokenCheck::Jwt,
        TokenFormat::Opaque => {
            TokenCheck::Introspection { client_id: id.clone(), client_secret: secret.clone() }
        }
    };
    // The client does not name a resource, so its tokens are for the issuer itself.
    let mut config = ResourceConfig { issuer: issuer.clone(), check, ..ResourceConfig::default() };
    config.audiences.push(issuer.clone());
    let resource = start(config).await.unwrap();
    let form = [("grant_type", "client_credentials"), ("scope", "read")];
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = http
        .post(format!("{issuer}/oauth/token"))
        .header("content-type", "application/x-www-form-urlencoded");
    let text = request.basic_auth(&id, Some(&secret)).body(form).send().await.unwrap().text().await.unwrap();
    let answer: Value = serde_json::from_str(&text).unwrap();
    let token = answer["access_token"].as_str().unwrap();
    let call = http
        .get(format!("{}/{operation}", resource.url()))
        .header("authorization", format!("Bearer {token}"));
    let status = call.send().await.unwrap().status().as_u16();
    resource.shutdown().await;
    server.shutdown().await;
    status
}

#[tokio::test]
async fn tokens_of_the_reference_server_are_read_in_every_form() {
    for claim in [ClaimForm::ScopeString, ClaimForm::ScopeArray, ClaimForm::ScpString, ClaimForm::ScpArray] {
        assert_eq!(status(TokenFormat::Jwt, claim, "read").await, 200, "{claim}");
        assert_eq!(status(TokenFormat::Jwt, claim, "write").await, 403, "{claim}");
    }
    assert_eq!(status(TokenFormat::Opaque, ClaimForm::ScopeString, "read").await, 200);
    assert_eq!(status(TokenFormat::Opaque, ClaimForm::ScopeString, "export").await, 403);
}
