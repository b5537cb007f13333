//! A message of JSON-RPC 2.0.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::resource::respond::json_response;

/// A request, or a notification if it has no id.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Message {
    /// The id as it came; `None` for a notification.
    pub(super) id: Option<Value>,
    /// The method.
    pub(super) method: String,
    /// The parameters; none is the same as an empty object.
    pub(super) params: Map<String, Value>,
}

impl Message {
    /// Reads a message.
    pub(super) fn read(body: &[u8]) -> Result<Self, RpcError> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| RpcError::new(400, -32700, "the body is no JSON that can be read"))?;
        let invalid = || RpcError::new(400, -32600, "the body is no single request of JSON-RPC 2.0");
        let Value::Object(mut members) = value else { return Err(invalid()) };
        let method = match members.remove("method") {
            Some(Value::String(method)) if members.get("jsonrpc") == Some(&json!("2.0")) => method,
            _ => return Err(invalid()),
        };
        let id = match members.remove("id") {
            None => None,
            Some(id @ (Value::String(_) | Value::Number(_))) => Some(id),
            Some(_) => return Err(invalid()),
        };
        let params = match members.remove("params") {
            None => Map::new(),
            Some(Value::Object(params)) => params,
            Some(_) => return Err(invalid()),
        };
        Ok(Self { id, method, params })
    }

    /// The name of the tool that is called, if one is.
    pub(super) fn tool(&self) -> Option<&str> {
        let called = self.method == "tools/call";
        self.params.get("name").and_then(Value::as_str).filter(|_| called)
    }
}

/// An error of JSON-RPC 2.0 and the status that it is sent with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RpcError {
    status: u16,
    code: i32,
    message: &'static str,
    data: Option<Value>,
}

impl RpcError {
    /// An error without data.
    pub(super) fn new(status: u16, code: i32, message: &'static str) -> Self {
        Self { status, code, message, data: None }
    }

    /// With data for a program.
    pub(super) fn with(self, data: Value) -> Self {
        Self { data: Some(data), ..self }
    }

    /// The answer. A message whose id could not be read is answered with the id null.
    pub(super) fn response(&self, id: Option<&Value>) -> Response {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let (Some(data), Some(members)) = (&self.data, error.as_object_mut()) {
            members.insert("data".to_owned(), data.clone());
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        json_response(status, &json!({ "jsonrpc": "2.0", "id": id, "error": error }))
    }
}

/// The answer to a request that was done.
pub(super) fn result(id: &Value, result: &Value) -> Response {
    json_response(StatusCode::OK, &json!({ "jsonrpc": "2.0", "id": id, "result": result }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_keeps_its_id_as_it_came_and_a_notification_has_none() {
        let read = |text: &str| Message::read(text.as_bytes()).unwrap();
        let ping = read(r#"{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"ping"}}"#);
        assert_eq!((ping.id.clone(), ping.tool()), (Some(json!(0)), Some("ping")));
        assert_eq!(read(r#"{"jsonrpc":"2.0","id":"x","method":"tools/list"}"#).id, Some(json!("x")));
        assert_eq!(read(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).id, None);
    }

    #[test]
    fn what_is_no_single_request_is_refused() {
        let deep = format!(
            r#"{{"jsonrpc":"2.0","id":1,"method":"m","params":{{"a":{}1{}}}}}"#,
            "[".repeat(200),
            "]".repeat(200)
        );
        for (body, code) in [
            ("", -32700),
            ("{", -32700),
            (deep.as_str(), -32700),
            (r#"{"jsonrpc":"2.0","id":1e999,"method":"m"}"#, -32700),
            ("[]", -32600),
            ("null", -32600),
            (r#"{"id":1,"method":"m"}"#, -32600),
            (r#"{"jsonrpc":"2.0","id":null,"method":"m"}"#, -32600),
            (r#"{"jsonrpc":"2.0","id":1,"method":2}"#, -32600),
            (r#"{"jsonrpc":"2.0","id":1,"method":"m","params":[]}"#, -32600),
        ] {
            assert_eq!(Message::read(body.as_bytes()).unwrap_err().code, code, "{body}");
        }
    }
}
