//! The bearer injector (INJ-01).

use std::sync::Arc;

use tokio::sync::Mutex;

use super::provider::{CredentialProvider, ProviderError};

/// Puts the token of a provider into requests.
///
/// It asks the scope-unaware entry once and keeps the answer for its life, shared by its clones: no look at expiry,
/// none at scope, and a 401 changes nothing. Whoever needs more scope steps up *before* the first request; the
/// provider's cache then gives the wide token to the injector.
#[derive(Debug)]
pub struct BearerInjector<P> {
    provider: Arc<P>,
    resource: String,
    token: Arc<Mutex<Option<String>>>,
}

/// Why a request has no token.
#[derive(Debug, thiserror::Error)]
#[error("transport: provider bearer: {0}")]
pub struct InjectorError(#[from] ProviderError);

/// A clone shares provider and token, whether or not the provider itself can be cloned.
impl<P> Clone for BearerInjector<P> {
    fn clone(&self) -> Self {
        let (provider, token) = (Arc::clone(&self.provider), Arc::clone(&self.token));
        Self { provider, resource: self.resource.clone(), token }
    }
}

impl<P: CredentialProvider> BearerInjector<P> {
    /// An injector for the requests to a resource.
    pub fn new(provider: Arc<P>, resource: &str) -> Self {
        Self { provider, resource: resource.to_owned(), token: Arc::default() }
    }

    /// The value of the `Authorization` header. An empty token is not kept: the provider is asked again next time (M85).
    pub async fn authorization(&self) -> Result<String, InjectorError> {
        let mut kept = self.token.lock().await;
        if let Some(token) = &*kept {
            return Ok(format!("Bearer {token}"));
        }
        let token = self.provider.get_credential(&self.resource).await?.access_token;
        let header = format!("Bearer {token}");
        *kept = Some(token).filter(|token| !token.is_empty());
        Ok(header)
    }
}
