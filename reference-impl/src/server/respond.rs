//! Answers.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

/// An empty answer that must not be stored (RFC 6749 section 5.1 asks for both headers).
pub(super) fn empty_response(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

/// A JSON answer that must not be stored.
pub(super) fn json_response(status: StatusCode, body: &Value) -> Response {
    let mut response = empty_response(status);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    *response.body_mut() = Body::from(body.to_string());
    response
}

/// A JSON answer that anybody may keep: metadata and keys.
pub(super) fn public_json(body: &Value) -> Response {
    let mut response = json_response(StatusCode::OK, body);
    response.headers_mut().remove(header::CACHE_CONTROL);
    response.headers_mut().remove(header::PRAGMA);
    response
}

/// A plain text answer.
pub(super) fn text_response(status: StatusCode, text: &'static str) -> Response {
    let mut response = empty_response(status);
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    *response.body_mut() = Body::from(text);
    response
}

/// A redirect. A location that is no header value becomes an error, for it must not be mended.
pub(super) fn redirect_response(status: StatusCode, location: &str) -> Response {
    let Ok(value) = HeaderValue::from_str(location) else {
        return text_response(StatusCode::BAD_REQUEST, "the redirect URI cannot be written as a header\n");
    };
    let mut response = empty_response(status);
    response.headers_mut().insert(header::LOCATION, value);
    response
}
