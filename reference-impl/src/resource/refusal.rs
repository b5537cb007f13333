//! Why a request is refused, and the answer that says so (RFC 6750 section 3.1).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::app::App;
use super::challenge::challenge;
use super::demand::Demand;
use super::issuer::Unavailable;
use super::respond::json_response;
use crate::faults::Fault;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no token: 401 without an error code, for the client may not have known that it needs one.
    NoToken,
    /// The request is malformed, and why: 400 `invalid_request`.
    Malformed(&'static str),
    /// The token is expired, revoked, malformed or not meant for this server, and why: 401 `invalid_token`.
    Invalid(String),
    /// The token holds these scopes, and they are not enough: 403 `insufficient_scope`.
    Insufficient(Vec<String>),
    /// The issuer could not be asked, and why: 503. Nobody is let in on suspicion.
    Unavailable(String),
}

impl From<Unavailable> for Refusal {
    fn from(unavailable: Unavailable) -> Self {
        Self::Unavailable(unavailable.to_string())
    }
}

impl Refusal {
    /// The status, and the error code if there is one.
    pub(super) fn status(&self, app: &App) -> (StatusCode, Option<&'static str>) {
        match self {
            Self::NoToken if app.has(Fault::ErrorWithoutToken) => {
                (StatusCode::UNAUTHORIZED, Some("invalid_token"))
            }
            Self::NoToken => (StatusCode::UNAUTHORIZED, None),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, Some("invalid_request")),
            Self::Invalid(_) => (StatusCode::UNAUTHORIZED, Some("invalid_token")),
            Self::Insufficient(_) if app.has(Fault::InsufficientUnauthorized) => {
                (StatusCode::UNAUTHORIZED, Some("invalid_token"))
            }
            Self::Insufficient(_) => (StatusCode::FORBIDDEN, Some("insufficient_scope")),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, Some("temporarily_unavailable")),
        }
    }

    /// What a developer should know. It quotes scopes of the configuration only, never what came with the request.
    pub(super) fn description(&self, demand: &Demand<'_>) -> Option<String> {
        match self {
            Self::NoToken => None,
            Self::Malformed(why) => Some((*why).to_owned()),
            Self::Invalid(why) => Some(why.clone()),
            Self::Insufficient(_) => Some(demand.described()),
            Self::Unavailable(_) => Some("the issuer of tokens cannot be asked; try again later".to_owned()),
        }
    }

    /// The answer. The body repeats the challenge for people who look at bodies.
    pub(super) fn response(&self, app: &App, demand: &Demand<'_>) -> Response {
        let (status, error) = self.status(app);
        let mut body = Map::new();
        body.extend(error.map(|code| ("error".to_owned(), json!(code))));
        body.extend(self.description(demand).map(|text| ("error_description".to_owned(), json!(text))));
        let mut response = json_response(status, &Value::Object(body));
        let challenged = !matches!(self, Self::Unavailable(_)) && !app.has(Fault::ChallengeMissing);
        if challenged && let Ok(value) = HeaderValue::from_str(&challenge(app, self, demand)) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
        }
        response
    }
}
