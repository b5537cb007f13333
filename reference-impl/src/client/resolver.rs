//! The resolver of one command (RES-01 to RES-05).

use std::sync::OnceLock;

use tokio::sync::Mutex;

use super::provider::{Credential, CredentialProvider, CredentialRequest, ProviderError};
use crate::identity::{IdentityChanged, same_identity};
use crate::metadata::CommandScopes;
use crate::resolver::Asked;
use crate::scope::ScopeError;

/// Why a command has no credential.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// The command wants none (RES-03).
    #[error("the command `{0}` is declared no_auth and has no credential; declare what it needs")]
    NoAuth(String),
    /// The provider has none. This is an error of authentication (RES-04).
    #[error("auth provider: {0}")]
    Provider(#[from] ProviderError),
    /// A declared scope is none.
    #[error("a declared scope is malformed: {0}")]
    Scope(#[from] ScopeError),
    /// Somebody else has logged in meanwhile (ID-03). This is no error of authentication (RES-04).
    #[error(transparent)]
    Identity(#[from] IdentityChanged),
}

impl ResolveError {
    /// Whether it is an error of authentication, as an audit tells them apart.
    pub const fn is_auth_error(&self) -> bool {
        matches!(self, Self::Provider(_) | Self::NoAuth(_))
    }
}

/// Gets the credential of one command, and wider ones as its work goes on.
#[derive(Debug)]
pub struct Resolver<P> {
    provider: P,
    resource: String,
    command: String,
    declared: Option<Mutex<State>>,
    first: OnceLock<Credential>,
}

#[derive(Debug)]
struct State {
    asked: Asked,
    last: Option<Credential>,
}

impl<P: CredentialProvider> Resolver<P> {
    /// A resolver for a command with the scopes that it declares; `None` for a command that needs no credential.
    pub fn new(provider: P, resource: &str, command: &str, declared: Option<&[String]>) -> Self {
        let state = |declared: &[String]| Mutex::new(State { asked: Asked::new(declared), last: None });
        Self {
            provider,
            resource: resource.to_owned(),
            command: command.to_owned(),
            declared: declared.map(state),
            first: OnceLock::new(),
        }
    }

    /// The credential for the declared scopes.
    pub async fn resolve(&self) -> Result<Credential, ResolveError> {
        self.resolve_with_scopes(&[]).await
    }

    /// The credential for the declared scopes and these. What has been requested before is requested again, and not
    /// once more if nothing is new. After a failure everything is as it was (RES-02).
    pub async fn resolve_with_scopes(&self, extra: &[String]) -> Result<Credential, ResolveError> {
        let Some(state) = &self.declared else { return Err(ResolveError::NoAuth(self.command.clone())) };
        // The lock is held while the provider works, so that no two logins of a command overlap (SU-12).
        let mut state = state.lock().await;
        let wanted = match (state.asked.next(extra), &state.last) {
            (None, Some(last)) => return Ok(last.clone()),
            (None, None) => state.asked.requested().to_vec(),
            (Some(wanted), _) => wanted,
        };
        let request = CredentialRequest {
            resource: self.resource.clone(),
            command: self.command.clone(),
            scopes: CommandScopes::default().with_scopes(&wanted)?,
        };
        let new = self.provider.get_credential_for(&request).await?;
        if let Some(last) = &state.last {
            same_identity(&last.identity, &new.identity)?;
        }
        state.asked.note(wanted);
        state.last = Some(new.clone());
        self.first.get_or_init(|| new.clone());
        Ok(new)
    }

    /// The same, where a command without credential is no error.
    pub async fn try_resolve(&self) -> Result<Option<Credential>, ResolveError> {
        if self.declared.is_none() { Ok(None) } else { self.resolve().await.map(Some) }
    }

    /// The first credential of this command, without waiting: what an audit names, whatever came later (RES-05).
    pub fn peek(&self) -> Option<&Credential> {
        self.first.get()
    }
}
