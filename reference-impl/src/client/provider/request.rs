//! What a provider is asked for.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{Credential, ProviderError};
use crate::metadata::CommandScopes;

/// An answer that may take a login.
pub type Pending<'a> = Pin<Box<dyn Future<Output = Result<Credential, ProviderError>> + Send + 'a>>;

/// What a command asks for (SU-01).
#[derive(Debug, Clone, Default)]
pub struct CredentialRequest {
    /// The URL of the resource.
    pub resource: String,
    /// The name of the command; empty for a login.
    pub command: String,
    /// The scopes that it needs, in both views (MD-01).
    pub scopes: CommandScopes,
}

/// Gives out credentials.
pub trait CredentialProvider: Send + Sync {
    /// A credential for a resource, whatever its scopes.
    fn get_credential<'a>(&'a self, resource: &'a str) -> Pending<'a>;

    /// A credential that covers what a command needs. Who knows nothing of scopes answers as if none were named; who
    /// forwards to another provider has to forward this too (M83).
    fn get_credential_for<'a>(&'a self, request: &'a CredentialRequest) -> Pending<'a> {
        self.get_credential(&request.resource)
    }
}

impl<P: CredentialProvider + ?Sized> CredentialProvider for Arc<P> {
    fn get_credential<'a>(&'a self, resource: &'a str) -> Pending<'a> {
        (**self).get_credential(resource)
    }

    fn get_credential_for<'a>(&'a self, request: &'a CredentialRequest) -> Pending<'a> {
        (**self).get_credential_for(request)
    }
}

/// What the client itself needs, with what it has learnt from a refusal.
#[derive(Debug, Clone, Default)]
pub(in crate::client) struct Need {
    /// The scopes that the token must have.
    pub(in crate::client) required: Vec<String>,
    /// Where the metadata of the resource are, if a challenge said so.
    pub(in crate::client) metadata: Option<String>,
    /// The token that was refused, and why.
    pub(in crate::client) refused: Option<Refusal>,
    /// Whether to ask for what the resource lists, where no scope is required.
    pub(in crate::client) select: bool,
    /// Whether to log in whatever is held.
    pub(in crate::client) afresh: bool,
}

/// A token that a resource refused.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::client) enum Refusal {
    /// It is no good at all (401).
    Invalid(String),
    /// Its scope is too little (403).
    Insufficient(String),
}

/// Without the token.
impl std::fmt::Debug for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Invalid(_) => "Invalid",
            Self::Insufficient(_) => "Insufficient",
        })
    }
}
