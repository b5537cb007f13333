//! The reference client: a credential provider with step-up, and what stands around it.
//!
//! From the bottom up: HTTP ([`Reply`]), the store of tokens ([`TokenStore`]), discovery, one login at a time, the
//! provider ([`OAuthProvider`]) that judges a new token before it replaces a better one, the resolver of a command
//! ([`Resolver`]), the injector ([`BearerInjector`]), and calls to resources ([`Session`], [`visit`]). What is decided
//! about scopes is decided by the algebra of this crate.

mod callback;
mod config;
mod demand;
mod discovery;
mod injector;
mod login;
mod mcp;
mod outside;
mod pkce;
mod provider;
mod resolver;
mod session;
mod shown;
mod store;
mod stored;
mod wire;

pub use callback::{Callback, read_callback};
pub use config::{Browser, ClientConfig, ClientProfile, KnownClient};
pub use discovery::{DiscoveryError, ResourceMetadata, ServerMetadata, select_scopes};
pub use injector::{BearerInjector, InjectorError};
pub use login::{LoginError, RegistrationError, TokenError};
pub use mcp::{McpVisit, visit};
pub use provider::{
    Credential, CredentialProvider, CredentialRequest, FixedToken, OAuthProvider, Pending, ProviderError,
    Status,
};
pub use resolver::{ResolveError, Resolver};
pub use session::{CallError, Session};
pub use store::{Drawer, Entry, FileStore, MemoryStore, StoreError, StoreKey, TokenStore};
pub use wire::{HttpError, Reply};
