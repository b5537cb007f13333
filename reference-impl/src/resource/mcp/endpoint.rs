//! The endpoint: who sends, with what token, which message.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::body::{is_welcome, read};
use super::message::{Message, RpcError, result};
use super::method::answer;
use super::revision::is_modern;
use crate::faults::Fault;
use crate::resource::app::{App, MCP_PATH};
use crate::resource::credentials::presented;
use crate::resource::demand::Demand;
use crate::resource::guard::admit;
use crate::resource::refusal::Refusal;
use crate::resource::respond::{empty_response, json_response};

/// Answers a request to the endpoint. The message is read before the token is looked at, for it says which scope is
/// demanded; what it says is told only to those who may know it.
pub(in crate::resource) async fn endpoint(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !is_welcome(&parts.headers) {
        let body =
            json!({ "error": "forbidden", "error_description": "requests of foreign pages are refused" });
        return json_response(StatusCode::FORBIDDEN, &body);
    }
    let body = if parts.method == Method::POST { read(body).await } else { Some(Vec::new()) };
    let message = body.as_deref().map(Message::read);
    let tool = message.as_ref().and_then(|message| message.as_ref().ok()).and_then(Message::tool);
    let demand = Demand { operation: tool.and_then(|name| app.operation(name)), resource: MCP_PATH };
    let form = body.as_deref().filter(|_| is_form(parts.headers.get(header::CONTENT_TYPE)));
    let presented = presented(&parts.headers, parts.uri.query(), form);
    let held = match admit(&app, presented, &demand).await {
        Ok(held) => held,
        Err(refusal) => return refused(&app, &refusal, &demand, message.as_ref()),
    };
    if parts.method != Method::POST {
        // There is no stream to listen to and no session to end.
        let mut response = empty_response(StatusCode::METHOD_NOT_ALLOWED);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    match message {
        None => RpcError::new(413, -32600, "the body is larger than 64 KiB").response(None),
        Some(Err(error)) => error.response(None),
        Some(Ok(message)) => {
            let done = is_modern(&parts.headers, &message).and_then(|modern| {
                message.id.as_ref().map(|_| answer(&app, &message, &held, modern)).transpose()
            });
            match (done, &message.id) {
                (Err(error), id) => error.response(id.as_ref()),
                (Ok(Some(value)), Some(id)) => result(id, &value),
                _ => empty_response(StatusCode::ACCEPTED),
            }
        }
    }
}

/// A refusal, which is one of HTTP: clients look for the challenge there, and not into the body.
fn refused(
    app: &App,
    refusal: &Refusal,
    demand: &Demand<'_>,
    message: Option<&Result<Message, RpcError>>,
) -> Response {
    if app.has(Fault::ToolScopeErrorInBody)
        && let (Refusal::Insufficient(_), Some(Ok(message))) = (refusal, message)
    {
        return RpcError::new(200, -32001, "insufficient_scope").response(message.id.as_ref());
    }
    refusal.response(app, demand)
}

/// Whether a body is form-encoded, whatever the parameters of its type.
fn is_form(content_type: Option<&HeaderValue>) -> bool {
    let essence = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = essence.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
