//! A token that was handed to the client.

use super::{Credential, CredentialProvider, Pending};

/// A token that was handed to the client. It knows nothing of scopes and never logs in (SU-01).
#[derive(Debug, Clone)]
pub struct FixedToken {
    credential: Credential,
}

impl FixedToken {
    /// A provider that always gives this credential.
    pub const fn new(credential: Credential) -> Self {
        Self { credential }
    }
}

impl CredentialProvider for FixedToken {
    fn get_credential<'a>(&'a self, _resource: &'a str) -> Pending<'a> {
        Box::pin(async { Ok(self.credential.clone()) })
    }
}
