//! A request as the endpoints want it: query, headers, and a body that has an upper bound.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};

use super::app::App;
use super::errors::OAuthError;
use super::params::Params;

/// The largest body that is read: 64 KiB (DCR-01).
const BODY_LIMIT: usize = 64 * 1024;

/// A request that has been read as far as it is of use.
#[derive(Debug)]
pub(super) struct Incoming {
    /// The method.
    pub(super) method: Method,
    /// The headers.
    pub(super) headers: HeaderMap,
    /// The body; `None` if it is too large, or broke off.
    pub(super) body: Option<Vec<u8>>,
    query: String,
}

impl FromRequest<Arc<App>> for Incoming {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, _app: &Arc<App>) -> Result<Self, Self::Rejection> {
        let (parts, body) = request.into_parts();
        Ok(Self {
            method: parts.method,
            headers: parts.headers,
            query: parts.uri.query().unwrap_or_default().to_owned(),
            body: to_bytes(body, BODY_LIMIT).await.ok().map(|bytes| bytes.to_vec()),
        })
    }
}

impl Incoming {
    /// The parameters of the query.
    pub(super) fn query(&self, app: &App) -> Params {
        Params::read(app, self.query.as_bytes())
    }

    /// The parameters of the form in the body.
    pub(super) fn form(&self, app: &App) -> Result<Params, OAuthError> {
        let Some(body) = &self.body else {
            let error = OAuthError::invalid_request("the body is larger than 64 KiB; send less");
            return Err(OAuthError { status: StatusCode::PAYLOAD_TOO_LARGE, ..error });
        };
        if !self.has_media_type("application/x-www-form-urlencoded") {
            let text = "the body must be application/x-www-form-urlencoded; send it with that Content-Type";
            return Err(OAuthError::invalid_request(text));
        }
        Ok(Params::read(app, body))
    }

    /// Whether the body has a media type, whatever its parameters and the case in which it is written.
    pub(super) fn has_media_type(&self, media_type: &str) -> bool {
        let essence = self.content_type().split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case(media_type)
    }

    /// The `Content-Type` as it came; empty if there is none.
    pub(super) fn content_type(&self) -> &str {
        self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The bearer token of the request, if there is one.
    pub(super) fn bearer_token(&self) -> Option<&str> {
        let value = self.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }
}
