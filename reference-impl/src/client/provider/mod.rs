//! Who gives out credentials.
//!
//! A provider has two entries: one that knows nothing of scopes, and one that does (SU-01). The one of OAuth answers
//! from what it holds if that covers what is required, and otherwise logs in, once, for what is held and what is
//! missing; the new token is judged before it replaces the old one.

mod credential;
mod error;
mod fixed;
mod held;
mod judge;
mod lookup;
mod oauth;
mod plan;
mod refresh;
mod request;
mod status;

pub use credential::Credential;
pub use error::ProviderError;
pub use fixed::FixedToken;
pub use oauth::OAuthProvider;
pub use request::{CredentialProvider, CredentialRequest, Pending};
pub(super) use request::{Need, Refusal};
pub use status::Status;
