//! What the methods answer.

use serde_json::{Map, Value, json};

use super::message::{Message, RpcError};
use super::revision::{LEGACY, MODERN};
use crate::resource::app::App;

/// The result of a request whose token was found good; for a call of a tool, of the scope that it demands.
pub(super) fn answer(app: &App, message: &Message, held: &[String], modern: bool) -> Result<Value, RpcError> {
    let mut result = match (message.method.as_str(), modern) {
        ("initialize", false) => json!({
            "protocolVersion": LEGACY,
            "capabilities": { "tools": {} },
            "serverInfo": { "name": "scopecheck-reference", "version": env!("CARGO_PKG_VERSION") },
        }),
        ("ping", false) => json!({}),
        ("server/discover", true) => json!({
            "supportedVersions": [MODERN, LEGACY],
            "capabilities": { "tools": {} },
        }),
        ("tools/list", _) => json!({ "tools": tools(app) }),
        ("tools/call", _) => call(app, message, held)?,
        _ => {
            let status = if modern { 404 } else { 200 };
            return Err(RpcError::new(status, -32601, "there is no such method"));
        }
    };
    if let (true, Some(members)) = (modern, result.as_object_mut()) {
        complete(members, message.method == "tools/call");
    }
    Ok(result)
}

/// What a result of the stateless revision holds beside its own members. What a call gave is not to be kept.
fn complete(members: &mut Map<String, Value>, called: bool) {
    members.insert("resultType".to_owned(), json!("complete"));
    if !called {
        members.insert("ttlMs".to_owned(), json!(0));
        members.insert("cacheScope".to_owned(), json!("private"));
    }
}

/// One tool for each operation.
fn tools(app: &App) -> Vec<Value> {
    let tool = |name: &String| json!({ "name": name, "inputSchema": { "type": "object" } });
    app.config.operations.iter().map(|operation| tool(&operation.name)).collect()
}

/// A call of a tool. What it does is to say which scopes the token has.
fn call(app: &App, message: &Message, held: &[String]) -> Result<Value, RpcError> {
    let unknown = || RpcError::new(200, -32602, "there is no such tool; tools/list names them");
    let operation = message.tool().and_then(|name| app.operation(name)).ok_or_else(unknown)?;
    let text = json!({ "operation": operation.name, "scope": held.join(" ") }).to_string();
    Ok(json!({ "content": [{ "type": "text", "text": text }] }))
}
