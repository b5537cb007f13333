//! A credential.

use std::fmt;

use crate::grant::Granted;
use crate::identity::Identity;

/// An access token, with what is known of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// The token.
    pub access_token: String,
    /// When it expires, in seconds since 1970-01-01T00:00Z.
    pub expires_at: i64,
    /// The scopes that are held, each with how it is known.
    pub granted: Granted,
    /// Who it is for; empty where the token does not say.
    pub identity: Identity,
    /// Whether it can be renewed without a login.
    pub refreshable: bool,
}

/// Without the token.
impl fmt::Debug for Credential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Credential")
            .field("expires_at", &self.expires_at)
            .field("granted", &self.granted.names())
            .field("identity", &self.identity)
            .field("refreshable", &self.refreshable)
            .finish_non_exhaustive()
    }
}
