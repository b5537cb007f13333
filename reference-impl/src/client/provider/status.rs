//! What is held, for a person to look at.

use super::{Credential, OAuthProvider, ProviderError};
use crate::client::outside::now;
use crate::client::store::{Drawer, StoreKey, lock};
use crate::client::stored::Stored;
use crate::faults::Fault;

/// What is stored for a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The resource.
    pub resource: String,
    /// The credential; its token is not shown by any text form.
    pub credential: Credential,
    /// How many seconds it is still good; below zero once it has expired.
    pub expires_in: i64,
    /// Whether it can no longer be used, which is 30 seconds before it expires (TOK-04).
    pub expired: bool,
}

impl OAuthProvider {
    /// What is stored for a resource, or for all of them, in order. The store alone is looked at: nothing is refreshed
    /// and nobody is asked (TOK-05).
    pub async fn status(&self, resource: Option<&str>) -> Result<Vec<Status>, ProviderError> {
        let mut all = Vec::new();
        for key in self.keys(resource)? {
            let mut found = self.load(&key).await?;
            if let Some(stored) = found.take_if(|stored| self.is_renewed_to_be_shown(stored)) {
                found = self.refresh(&mut *self.held.lock().await, &key, &stored).await?.or(Some(stored));
            }
            all.extend(found.map(|stored| self.shown(&key, &stored)));
        }
        Ok(all)
    }

    /// Whether a token is refreshed before it is shown: only a fault does.
    fn is_renewed_to_be_shown(&self, stored: &Stored) -> bool {
        !stored.is_valid() && self.config.has(Fault::ClientStatusRefreshes)
    }

    /// Forgets the token of a resource, or all of them; tells for which there was one.
    pub async fn log_out(&self, resource: Option<&str>) -> Result<Vec<String>, ProviderError> {
        let mut held = self.held.lock().await;
        let mut forgotten = Vec::new();
        for key in self.keys(resource)? {
            if self.store.read(&key)?.is_some() {
                let mut entry = lock(&*self.store, &key).await?;
                if !self.config.has(Fault::ClientLogoutKeeps) {
                    entry.remove()?;
                }
                forgotten.push(key.url());
            }
            held.cache.remove(&key);
            held.unsaved.remove(&key);
            held.declined.remove(&key);
        }
        Ok(forgotten)
    }

    /// The key of a resource, or those of all that are stored.
    fn keys(&self, resource: Option<&str>) -> Result<Vec<StoreKey>, ProviderError> {
        match resource {
            Some(resource) => Ok(vec![Self::key(resource)?.1]),
            None => Ok(self.store.keys(Drawer::Credentials)?),
        }
    }

    fn shown(&self, key: &StoreKey, stored: &Stored) -> Status {
        Status {
            resource: key.url(),
            credential: self.credential(stored),
            expires_in: stored.record.expires_at.saturating_sub(now()),
            expired: !stored.is_valid(),
        }
    }
}
