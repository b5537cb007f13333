//! Registration: what is read, refused, stored and echoed.

use reqwest::Method;
use scopecheck_reference::server::{Profile, ServerConfig};
use serde_json::{Value, json};

use crate::support::{Answer, Server, repro};

fn body(scope_member: &str) -> String {
    format!(r#"{{"redirect_uris":["http://localhost:8080/callback"]{scope_member}}}"#)
}

async fn toolhive() -> Server {
    Server::start(ServerConfig { profile: Profile::Toolhive, ..ServerConfig::default() }).await
}

/// The echoed scope, or the error.
fn outcome(answer: &Answer) -> String {
    match answer.status {
        201 => answer.text_member("scope"),
        status => {
            format!("{status} {}: {}", answer.text_member("error"), answer.text_member("error_description"))
        }
    }
}

#[tokio::test]
async fn the_wire_forms_of_dcr_02_are_read_in_profile_toolhive() {
    let server = toolhive().await;
    let all = "openid profile email offline_access";
    let unreadable = "400 invalid_client_metadata: invalid JSON request body";
    for (member, expected) in [
        ("", all),
        (r#","scope":null"#, all),
        (r#","scope":"""#, all),
        (r#","scope":"   ""#, all),
        (r#","scope":"openid profile""#, "openid profile"),
        (r#","scope":"  openid   profile ""#, "openid profile"),
        (r#","scope":["openid","profile"]"#, "openid profile"),
        (r#","scope":[]"#, all),
        (r#","scope":["","  "]"#, all),
        (r#","scope":["  openid  ",""," profile "]"#, "openid profile"),
        (r#","scope":["openid profile"]"#, "400 invalid_client_metadata: unsupported scope: openid profile"),
        (r#","scope":["openid",null]"#, "openid"),
        (r#","scope":["openid",1]"#, unreadable),
        (r#","scope":[["a"]]"#, unreadable),
        (r#","scope":123"#, unreadable),
        (r#","scope":true"#, unreadable),
        (r#","scope":{}"#, unreadable),
        (r#","Scope":"openid""#, "openid"),
        (r#","scope":"email","SCOPE":"openid""#, "openid"),
        (r#","scope":"openid sneaky_admin""#, "400 invalid_client_metadata: unsupported scope: sneaky_admin"),
        (r#","scope":"OpenID""#, "400 invalid_client_metadata: unsupported scope: OpenID"),
    ] {
        assert_eq!(outcome(&server.register_raw(&body(member)).await), expected, "{member}");
    }
    assert_eq!(outcome(&server.register_raw(&format!("{} trailing", body(""))).await), all);
    for without_uri in ["null", "{}", r#"{"redirect_uris":null}"#] {
        let answer = server.register_raw(without_uri).await;
        assert_eq!(answer.error().as_deref(), Some("invalid_redirect_uri"), "{without_uri}");
    }
    let answer = server.register_raw(r#"{"redirect_uris":[null]}"#).await;
    assert_eq!(answer.error().as_deref(), Some("invalid_redirect_uri"), "null acts as an empty string");
}

#[tokio::test]
async fn profile_standard_reads_a_string_and_nothing_else() {
    let server = Server::standard().await;
    let default = "read write files:read";
    for (member, expected) in [
        ("", default),
        (r#","scope":null"#, default),
        (r#","scope":"""#, default),
        (r#","scope":"write read write""#, "write read"),
        (r#","Scope":"read""#, default),
        (r#","scopes":"read""#, default),
    ] {
        assert_eq!(outcome(&server.register_raw(&body(member)).await), expected, "{member}");
    }
    let before = server.running.registered_clients();
    let refusals = [
        r#","scope":["read"]"#,
        r#","scope":7"#,
        r#","scope":{}"#,
        r#","scope":"read unknown other""#,
        r#","scope":"read\twrite""#,
        r#","scope":"a\"b""#,
    ];
    let mut texts = Vec::new();
    for member in refusals {
        texts.push(outcome(&server.register_raw(&body(member)).await));
    }
    insta::assert_snapshot!(texts.join("\n"), @"
    400 invalid_client_metadata: 'scope' must be a string of scopes separated by spaces
    400 invalid_client_metadata: 'scope' must be a string of scopes separated by spaces
    400 invalid_client_metadata: 'scope' must be a string of scopes separated by spaces
    400 invalid_client_metadata: unsupported scope: unknown
    400 invalid_client_metadata: scope 'read?write' is malformed: the byte 0x09 at offset 4 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    400 invalid_client_metadata: scope 'a'b' is malformed: `'` (0x22) at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out
    ");
    assert_eq!(server.running.registered_clients(), before, "nothing is stored by a refusal");
}

#[tokio::test]
async fn what_is_echoed_is_what_is_stored() {
    let server = Server::start(repro(&["offline_access"])).await;
    for scope in ["openid", "offline_access openid", "openid openid", "offline_access"] {
        let client = server.public(scope).await;
        let stored = server.running.registered_scope(&client.id).unwrap().join(" ");
        assert_eq!(client.registration["scope"], stored);
        let echoed = stored.replace(' ', "+");
        let answer = server.login(&client, &format!("scope={echoed}")).await;
        assert_eq!(answer.text_member("scope"), stored);
    }
}

#[tokio::test]
async fn the_checks_stand_in_the_order_of_dcr_01() {
    let server = toolhive().await;
    let json = "application/json";
    let register = |media_type: &'static str, body: String| server.post("/oauth/register", media_type, body);
    let filler = "x".repeat(64 * 1024 + 1);
    assert_eq!(register("text/plain", filler.clone()).await.status, 413);
    assert_eq!(register("Application/JSON", body("")).await.status, 400);
    assert_eq!(register("application/json; charset=utf-8", body("")).await.status, 201);
    let both_bad = r#"{"redirect_uris":[],"scope":"admin"}"#;
    assert_eq!(register(json, both_bad.to_owned()).await.error().as_deref(), Some("invalid_redirect_uri"));
    let worse = r#"{"redirect_uris":[],"scope":7}"#;
    assert_eq!(register(json, worse.to_owned()).await.error().as_deref(), Some("invalid_client_metadata"));
    assert_eq!(server.running.registered_clients(), 1);
    let standard = Server::standard().await;
    let large = standard.post("/oauth/register", json, filler).await;
    assert_eq!((large.status, large.error().as_deref()), (400, Some("invalid_client_metadata")));
}

#[tokio::test]
async fn bad_metadata_are_refused() {
    let server = Server::standard().await;
    let mut texts = Vec::new();
    for body in [
        "",
        "[]",
        "{} {}",
        "{}",
        r#"{"redirect_uris":"http://a/"}"#,
        r#"{"redirect_uris":["/relative"]}"#,
        r#"{"redirect_uris":["http://a/#fragment"]}"#,
        r#"{"redirect_uris":["http://a/\u000d\u000aX: y"]}"#,
        r#"{"redirect_uris":["http://a/"],"grant_types":["implicit"]}"#,
        r#"{"redirect_uris":["http://a/"],"grant_types":["refresh_token"]}"#,
        r#"{"redirect_uris":["http://a/"],"response_types":["token"]}"#,
        r#"{"redirect_uris":["http://a/"],"token_endpoint_auth_method":"private_key_jwt"}"#,
        r#"{"grant_types":["client_credentials"],"token_endpoint_auth_method":"none"}"#,
    ] {
        texts.push(outcome(&server.register_raw(body).await));
    }
    insta::assert_snapshot!(texts.join("\n"), @"
    400 invalid_client_metadata: the body must be one JSON object
    400 invalid_client_metadata: the body must be one JSON object
    400 invalid_client_metadata: the body must be one JSON object
    400 invalid_redirect_uri: redirect_uris must hold at least one URI
    400 invalid_client_metadata: 'redirect_uris' must be an array of strings
    400 invalid_redirect_uri: a redirect URI must be absolute and without a fragment
    400 invalid_redirect_uri: a redirect URI must be absolute and without a fragment
    400 invalid_redirect_uri: a redirect URI must be absolute and without a fragment
    400 invalid_client_metadata: the grant type 'implicit' is not supported; use authorization_code, refresh_token, client_credentials
    400 invalid_client_metadata: grant_types must include 'authorization_code'
    400 invalid_client_metadata: the only response type is 'code'; leave the others out
    400 invalid_client_metadata: `private_key_jwt` is no token endpoint authentication method; use one of: none, client_secret_basic, client_secret_post
    400 invalid_client_metadata: a public client cannot use 'client_credentials'; register an authentication method
    ");
    assert_eq!(server.running.registered_clients(), 0);
}

#[tokio::test]
async fn a_registration_is_read_back_as_it_was_echoed_and_deleted() {
    let server = Server::standard().await;
    let client = server.public("write read").await;
    let uri = client.registration["registration_client_uri"].as_str().unwrap();
    let token = client.registration["registration_access_token"].as_str().unwrap();
    let read = server.bearer(Method::GET, uri, token).await;
    assert_eq!((read.status, read.json()), (200, client.registration.clone()));
    assert_eq!(server.bearer(Method::GET, uri, "wrong").await.status, 401);
    assert_eq!(server.bearer(Method::DELETE, uri, "wrong").await.status, 401);
    assert_eq!(server.bearer(Method::DELETE, uri, token).await.status, 204);
    assert_eq!(server.bearer(Method::GET, uri, token).await.status, 401);
    assert_eq!(server.running.registered_clients(), 0);
    assert_eq!(server.authorize(&client, "scope=read").await.status, 400);
}

#[tokio::test]
async fn each_bound_of_dcr_01_holds_to_the_octet_and_the_first_breach_is_told() {
    let server = toolhive().await;
    let uris = |count: usize| vec!["http://localhost:8080/callback"; count];
    let with = |members: Value| {
        let mut body = json!({ "redirect_uris": uris(1) });
        for (name, value) in members.as_object().unwrap() {
            body[name] = value.clone();
        }
        body.to_string()
    };
    let (long, bad) = ("n".repeat(257), "unsupported");
    let mut told = Vec::new();
    for (members, status) in [
        (json!({ "redirect_uris": uris(10) }), 201),
        (json!({ "redirect_uris": uris(11), "client_name": long }), 400),
        (json!({ "client_name": "\u{e9}".repeat(128) }), 201),
        (json!({ "client_name": "\u{e9}".repeat(129), "software_id": long }), 400),
        (json!({ "software_id": "~".repeat(256) }), 201),
        (json!({ "software_id": long, "grant_types": [] }), 400),
        (json!({ "software_id": "\u{e9}" }), 400),
        (json!({ "software_id": "a\tb" }), 400),
        (json!({ "token_endpoint_auth_method": "tls", "grant_types": [] }), 400),
        (json!({ "grant_types": ["authorization_code", "refresh_token"] }), 201),
        (json!({ "grant_types": ["refresh_token"], "response_types": [] }), 400),
        (json!({ "grant_types": [], "response_types": [] }), 400),
        (json!({ "grant_types": ["authorization_code", "client_credentials"] }), 400),
        (json!({ "response_types": ["code"] }), 201),
        (json!({ "response_types": [], "scope": bad }), 400),
        (json!({ "response_types": ["code", "token"], "scope": bad }), 400),
        (json!({ "scope": bad }), 400),
    ] {
        let answer = server.register_raw(&with(members.clone())).await;
        assert_eq!(answer.status, status, "{members} {}", answer.text);
        if status == 400 {
            told.push(outcome(&answer));
        }
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    400 invalid_redirect_uri: redirect_uris may hold at most 10 URIs
    400 invalid_client_metadata: client_name may hold at most 256 bytes
    400 invalid_client_metadata: software_id may hold at most 256 printable ASCII characters
    400 invalid_client_metadata: software_id may hold at most 256 printable ASCII characters
    400 invalid_client_metadata: software_id may hold at most 256 printable ASCII characters
    400 invalid_client_metadata: `tls` is no token endpoint authentication method; use one of: none, client_secret_basic, client_secret_post
    400 invalid_client_metadata: grant_types must include 'authorization_code'
    400 invalid_client_metadata: grant_types must include 'authorization_code'
    400 invalid_client_metadata: the grant type 'client_credentials' is not supported; use authorization_code, refresh_token
    400 invalid_client_metadata: response_types must include 'code'
    400 invalid_client_metadata: the only response type is 'code'; leave the others out
    400 invalid_client_metadata: unsupported scope: unsupported
    "#);
}
