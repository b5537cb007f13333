//! Where the answer to an authorization request goes, and how.

use axum::http::StatusCode;
use axum::response::Response;

use super::app::App;
use super::errors::OAuthError;
use super::respond::redirect_response;
use crate::faults::Fault;

/// A redirect URI that may be trusted, with what every answer to it carries.
#[derive(Debug, Clone)]
pub(super) struct RedirectTarget {
    /// The redirect URI, byte for byte as it is registered.
    pub(super) uri: String,
    /// The `state` of the request, to be given back unchanged.
    pub(super) state: Option<String>,
    /// Whether the answer goes into the fragment (`response_mode=fragment`).
    pub(super) fragment: bool,
}

impl RedirectTarget {
    /// Reports an error (RFC 6749 section 4.1.2.1). One of our own stays here: no redirect reports status 500.
    pub(super) fn error(&self, app: &App, error: &OAuthError) -> Response {
        if error.is_server_error() {
            return error.response(app);
        }
        let description = error.written_description(app);
        let mut answer = vec![("error", error.written_code(app)), ("error_description", &description)];
        if let Some(state) = self.state.as_deref().filter(|_| !app.has(Fault::StateLost)) {
            answer.push(("state", state));
        }
        self.send(app, &answer)
    }

    /// Hands out a code. Profile `toolhive` names the granted scope beside it (AZ-08).
    pub(super) fn code(&self, app: &App, code: &str, scope: &str) -> Response {
        let mut answer = vec![("code", code)];
        if let Some(state) = &self.state {
            answer.push(("state", state));
        }
        if app.is_toolhive() {
            answer.push(("scope", scope));
        }
        self.send(app, &answer)
    }

    /// Sends an answer; what the redirect URI has of a query stays as it is. Profile `toolhive` answers the client
    /// with 303 (AZ-05), the other with 302.
    fn send(&self, app: &App, answer: &[(&str, &str)]) -> Response {
        let separator = match (self.fragment, self.uri.contains('?')) {
            (true, _) => '#',
            (false, true) => '&',
            (false, false) => '?',
        };
        let answer = form_urlencoded::Serializer::new(String::new()).extend_pairs(answer).finish();
        let status = if app.is_toolhive() { StatusCode::SEE_OTHER } else { StatusCode::FOUND };
        redirect_response(status, &format!("{}{separator}{answer}", self.uri))
    }
}
