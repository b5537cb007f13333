//! The MCP endpoint, on both wires.

use serde_json::{Value, json};

use crate::support::{Answer, Resource};

async fn started() -> (Resource, String) {
    let resource = Resource::start().await;
    let token = resource.token(json!({ "scope": "files:read", "aud": resource.running.mcp_url() }));
    (resource, token)
}

fn request(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 0, "method": method, "params": params })
}

#[tokio::test]
async fn a_session_begins_with_initialize_and_a_tool_needs_its_scope() {
    let (resource, token) = started().await;
    let ask = async |message: Value| resource.message(Some(&token), &message).await;
    let hello = ask(request("initialize", &json!({ "protocolVersion": "2026-07-28" }))).await;
    assert_eq!((hello.status, &hello.json()["result"]["protocolVersion"]), (200, &json!("2025-11-25")));
    let note = ask(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
    assert_eq!((note.status, note.text.as_str()), (202, ""));
    let list = ask(request("tools/list", &json!({}))).await.json();
    let names: Vec<&str> =
        list["result"]["tools"].as_array().unwrap().iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["read", "both", "either", "open"]);
    let done = resource.tool(Some(&token), "read").await.json();
    assert_eq!((done["id"].as_u64(), &done["result"]["content"][0]["type"]), (Some(7), &json!("text")));
    assert_eq!(resource.tool(Some(&token), "both").await.status, 403);
    assert_eq!(resource.tool(Some(&token), "nothing").await.json()["error"]["code"], json!(-32602));
    assert_eq!(ask(request("resources/list", &json!({}))).await.json()["error"]["code"], json!(-32601));
}

async fn modern(resource: &Resource, token: &str, message: &Value, headers: &[(&str, &str)]) -> Answer {
    let mut request = resource
        .post("/mcp")
        .header("authorization", format!("Bearer {token}"))
        .header("mcp-protocol-version", "2026-07-28")
        .body(message.to_string());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    resource.send(request).await
}

#[tokio::test]
async fn the_stateless_revision_is_spoken_as_well() {
    let (resource, token) = started().await;
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let list = request("tools/list", &json!({ "_meta": meta }));
    let listed = modern(&resource, &token, &list, &[("mcp-method", "tools/list")]).await.json();
    assert_eq!(listed["result"]["resultType"], "complete");
    assert_eq!((&listed["result"]["ttlMs"], &listed["result"]["cacheScope"]), (&json!(0), &json!("private")));
    let call = request("tools/call", &json!({ "name": "read", "_meta": meta }));
    let called =
        modern(&resource, &token, &call, &[("mcp-method", "tools/call"), ("mcp-name", "read")]).await;
    assert_eq!(called.json()["result"]["resultType"], "complete");
    for (message, headers, status, code) in [
        (&list, vec![], 400, -32020),
        (&call, vec![("mcp-method", "tools/call"), ("mcp-name", "both")], 400, -32020),
        (&request("tools/list", &json!({})), vec![("mcp-method", "tools/list")], 400, -32602),
        (&request("initialize", &json!({ "_meta": meta })), vec![("mcp-method", "initialize")], 404, -32601),
    ] {
        let answer = modern(&resource, &token, message, &headers).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (status, &json!(code)), "{headers:?}");
    }
}

#[tokio::test]
async fn everything_needs_a_token_and_foreign_pages_are_kept_out() {
    let (resource, token) = started().await;
    for message in [request("initialize", &json!({})), request("tools/list", &json!({})), json!([])] {
        assert_eq!(resource.message(None, &message).await.status, 401);
    }
    assert_eq!(resource.get("/mcp").await.status, 401);
    let authorized =
        |builder: reqwest::RequestBuilder| builder.header("authorization", format!("Bearer {token}"));
    assert_eq!(resource.send(authorized(resource.request("/mcp"))).await.status, 405);
    let foreign = authorized(resource.post("/mcp")).header("origin", "https://evil.example");
    let answer = resource.send(foreign.body(request("tools/list", &json!({})).to_string())).await;
    assert_eq!((answer.status, answer.challenge()), (403, "(no challenge)"));
    let old = authorized(resource.post("/mcp")).header("mcp-protocol-version", "2030-01-01");
    let answer = resource.send(old.body(request("tools/list", &json!({})).to_string())).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (400, &json!(-32022)));
}
