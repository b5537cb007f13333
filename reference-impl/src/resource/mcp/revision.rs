//! The revisions of the protocol, and what the header fields must say in each.

use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::message::{Message, RpcError};

/// The revision that is spoken after `initialize`, whatever the client asks for.
pub(super) const LEGACY: &str = "2025-11-25";
/// The stateless revision.
pub(super) const MODERN: &str = "2026-07-28";
/// All revisions whose messages are understood.
const KNOWN: [&str; 4] = ["2025-03-26", "2025-06-18", LEGACY, MODERN];

/// Whether a message is of the stateless revision, or why its header fields do not fit. A message without a version is
/// one of 2025-03-26.
pub(super) fn is_modern(headers: &HeaderMap, message: &Message) -> Result<bool, RpcError> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let version = header("mcp-protocol-version").unwrap_or("2025-03-26");
    if !KNOWN.contains(&version) {
        let data = json!({ "supported": KNOWN, "requested": version });
        return Err(RpcError::new(400, -32022, "the protocol version is not supported").with(data));
    }
    if version != MODERN {
        return Ok(false);
    }
    let expected_name = message.tool();
    if header("mcp-method") != Some(&message.method) {
        return Err(RpcError::new(
            400,
            -32020,
            "the header Mcp-Method differs from the method of the message",
        ));
    }
    if expected_name.is_some() && header("mcp-name") != expected_name {
        return Err(RpcError::new(400, -32020, "the header Mcp-Name differs from the name in the message"));
    }
    let meta = message.params.get("_meta").and_then(Value::as_object);
    let has = |name: &str| meta.is_some_and(|meta| meta.contains_key(name));
    if has("io.modelcontextprotocol/protocolVersion") && has("io.modelcontextprotocol/clientCapabilities") {
        Ok(true)
    } else {
        let text = "params._meta lacks io.modelcontextprotocol/protocolVersion or /clientCapabilities";
        Err(RpcError::new(400, -32602, text))
    }
}
