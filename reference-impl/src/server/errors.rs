//! Errors as OAuth reports them.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::app::App;
use super::respond::json_response;
use crate::faults::Fault;

/// An error of RFC 6749 section 4.1.2.1 or 5.2, RFC 7591 section 3.2.2, or RFC 8707 section 2.
#[derive(Debug, Clone)]
pub(super) struct OAuthError {
    /// The HTTP status where the error is not sent by redirect.
    pub(super) status: StatusCode,
    /// The error code.
    pub(super) code: &'static str,
    /// What a developer should know; it may quote the request, and is cleaned when it is written.
    pub(super) description: String,
}

impl OAuthError {
    /// An error of status 400.
    pub(super) fn new(code: &'static str, description: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, description: description.into() }
    }

    /// The request itself is wrong.
    pub(super) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    /// The scope is malformed, unknown, or more than may be had.
    pub(super) fn invalid_scope(description: impl Into<String>) -> Self {
        Self::new("invalid_scope", description)
    }

    /// The code or the refresh token is not good.
    pub(super) fn invalid_grant(description: impl Into<String>) -> Self {
        Self::new("invalid_grant", description)
    }

    /// The client is unknown or did not authenticate.
    pub(super) fn invalid_client(description: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new("invalid_client", description) }
    }

    /// The registration is refused.
    pub(super) fn invalid_metadata(description: impl Into<String>) -> Self {
        Self::new("invalid_client_metadata", description)
    }

    /// Something broke. The honest server never says so.
    pub(super) fn server_error(description: impl Into<String>) -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, ..Self::new("server_error", description) }
    }

    /// Whether the error is the server's own, which no redirect reports.
    pub(super) fn is_server_error(&self) -> bool {
        self.status.is_server_error()
    }

    /// The code as it is written.
    pub(super) fn written_code(&self, app: &App) -> &'static str {
        if self.code == "invalid_scope" && app.has(Fault::ErrorCodeScopeInvalid) {
            return "scope_invalid";
        }
        self.code
    }

    /// The description as it is written, within `%x20-21 / %x23-5B / %x5D-7E` whatever it quotes.
    pub(super) fn written_description(&self, app: &App) -> String {
        if app.has(Fault::ErrorDescriptionRaw) {
            return self.description.clone();
        }
        let clean = |character: char| match character {
            '"' => '\'',
            ' '..='~' if character != '\\' => character,
            _ => '?',
        };
        self.description.chars().map(clean).collect()
    }

    /// The error as a JSON answer (RFC 6749 section 5.2).
    pub(super) fn response(&self, app: &App) -> Response {
        let body = json!({
            "error": self.written_code(app),
            "error_description": self.written_description(app),
        });
        let mut response = json_response(self.status, &body);
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"scopecheck reference\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
