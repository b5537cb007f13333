//! Why a login failed.

use std::time::Duration;

use serde_json::Value;

use crate::client::discovery::DiscoveryError;
use crate::client::shown::shown;
use crate::client::store::StoreError;
use crate::client::wire::{HttpError, Reply};
use crate::grant::RecordedError;

/// What an authorization server says when it refuses, as a person reads it.
pub(super) fn oauth_error(error: &str, description: Option<&str>) -> String {
    match description.filter(|description| !description.is_empty()) {
        Some(description) => format!("`{}`: {}", shown(error), shown(description)),
        None => format!("`{}`", shown(error)),
    }
}

/// What a reply says about its failure: `error` and `error_description`, else that it says nothing.
pub(super) fn reply_error(reply: &Reply) -> String {
    let object = reply.object();
    let member = |name: &str| object.as_ref().and_then(|object| object.get(name)).and_then(Value::as_str);
    match member("error") {
        Some(error) => oauth_error(error, member("error_description")),
        None => "without an error code".to_owned(),
    }
}

/// Why a login failed. In every case what was stored before is still stored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoginError {
    /// The endpoints are not known.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The client could not register itself.
    #[error(transparent)]
    Registration(#[from] RegistrationError),
    /// There is no port for the answer.
    #[error(
        "no port of 127.0.0.1 can be had for the answer of the login: {0}; end what uses too many, and try again"
    )]
    Listener(std::io::Error),
    /// A request got no answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The authorization server refused, and said why (RFC 6749 section 4.1.2.1).
    #[error("the authorization server refused the login with {}; change the request, or ask its operator", oauth_error(error, description.as_deref()))]
    Refused {
        /// `error`.
        error: String,
        /// `error_description`, as it came.
        description: Option<String>,
    },
    /// The login came back without a code.
    #[error("the login came back without an authorization code; try again")]
    NoCode,
    /// The answer makes no sense.
    #[error("the answer of the authorization server cannot be used: {0}; report it to its operator")]
    Unusable(String),
    /// The answer comes from another issuer than the one that was asked (RFC 9207).
    #[error(
        "the answer to the login comes from the issuer {}, not from {}; nothing was done with it",
        shown(found),
        shown(asked)
    )]
    OtherIssuer {
        /// Who it says it is; empty if it does not say, though it promised to.
        found: String,
        /// Who was asked.
        asked: String,
    },
    /// Nobody consented in time.
    #[error("no answer to the login within {} s; try again, and consent in the browser", .0.as_secs_f32())]
    TimedOut(Duration),
    /// The authorization server answered, and its answer does not lead back to the client.
    #[error(
        "the authorization endpoint answered with status {status} {said} instead of leading back to the client; a person may be needed: try `--browser command`"
    )]
    NotCalledBack {
        /// The status.
        status: u16,
        /// What it said, ready to be shown.
        said: String,
    },
    /// No browser could be started.
    #[error("no browser could be started ({0}); open the URL yourself with `--browser print`")]
    Browser(String),
    /// The code was not redeemed.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl LoginError {
    /// Whether another scope would do.
    pub(in crate::client) fn is_about_scope(&self) -> bool {
        matches!(self, Self::Refused { error, .. } if error == "invalid_scope")
    }
}

/// Why a client could not register itself.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegistrationError {
    /// There is no endpoint for it.
    #[error("the authorization server {} lets no client register itself; register one by hand and pass `--client-id`", shown(.0))]
    NoEndpoint(String),
    /// The request got no answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The server refused.
    #[error(
        "the registration was refused with status {status}, {said}; change what is asked for, or register by hand and pass `--client-id`"
    )]
    Refused {
        /// The status.
        status: u16,
        /// What it said, ready to be shown.
        said: String,
    },
    /// The answer makes no sense.
    #[error("the answer to the registration cannot be used: {0}; report it to the operator of the server")]
    Unusable(&'static str),
    /// The registration could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The request got no answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The server refused (RFC 6749 section 5.2).
    #[error("the token endpoint returned {status}, {said}; log in again, or ask its operator")]
    Refused {
        /// The status.
        status: u16,
        /// What it said, ready to be shown.
        said: String,
    },
    /// The answer makes no sense (RFC 6749 section 5.1).
    #[error("failed to parse token response: {0}; report it to the operator of the server")]
    Unusable(String),
    /// The answer does not tell its scope.
    #[error(transparent)]
    Scope(#[from] RecordedError),
}
