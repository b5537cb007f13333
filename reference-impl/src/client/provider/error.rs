//! Why there is no credential.

use crate::client::login::{LoginError, TokenError};
use crate::client::shown::shown;
use crate::client::store::StoreError;
use crate::client::wire::HttpError;
use crate::grant::RecordedError;
use crate::identity::IdentityChanged;
use crate::scope::ScopeError;
use crate::step_up::{DeclineError, MissingScopes};

/// Why there is no credential.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProviderError {
    /// The resource is no URL that can be called.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A scope that no request can carry.
    #[error("a scope that was asked for is malformed: {0}")]
    Scope(#[from] ScopeError),
    /// A person would have to consent, and none is there (SU-05).
    #[error("no token for {} can be had without a person: {source}", shown(resource))]
    NobodyThere {
        /// The resource.
        resource: String,
        /// What is missing, and what to type.
        source: MissingScopes,
    },
    /// The same, where no scope is asked for by name.
    #[error("no token for {} can be had without a person; run `{command}` at a terminal", shown(resource))]
    NotLoggedIn {
        /// The resource.
        resource: String,
        /// What to type.
        command: String,
    },
    /// The login failed. What was held before is still held.
    #[error("the login for {} failed: {source}", shown(resource))]
    Login {
        /// The resource.
        resource: String,
        /// Why.
        source: Box<LoginError>,
    },
    /// Less was granted than is required (SU-06).
    #[error("the login for {} is not enough: {source}", shown(resource))]
    Declined {
        /// The resource.
        resource: String,
        /// What is missing.
        source: DeclineError,
    },
    /// Somebody else has logged in (ID-03).
    #[error(transparent)]
    Identity(#[from] IdentityChanged),
    /// The resource demands what the token states already, so that no login would bring more.
    #[error(
        "{} refuses a token that holds every scope it asks for; another login would bring no other token: report it to its operator",
        shown(.0)
    )]
    Pointless(String),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A provider of another kind has its own reason.
    #[error("{0}")]
    Other(String),
}

impl ProviderError {
    /// The login for a resource failed.
    pub(super) fn login(resource: &str, source: impl Into<LoginError>) -> Self {
        Self::Login { resource: resource.to_owned(), source: Box::new(source.into()) }
    }

    /// Less was granted than is required.
    pub(super) fn declined(resource: &str, source: DeclineError) -> Self {
        Self::Declined { resource: resource.to_owned(), source }
    }
}

impl From<RecordedError> for LoginError {
    fn from(error: RecordedError) -> Self {
        Self::Token(TokenError::Scope(error))
    }
}

impl From<StoreError> for LoginError {
    fn from(error: StoreError) -> Self {
        Self::Registration(error.into())
    }
}
