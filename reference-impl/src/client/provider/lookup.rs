//! What there is without a login (TOK-05): cache, store, refresh.

use std::io;

use super::held::{Found, Held};
use super::{Need, OAuthProvider, ProviderError, Refusal};
use crate::client::store::{StoreError, StoreKey, lock};
use crate::client::stored::Stored;
use crate::faults::Fault;
use crate::record::RecordError;

impl OAuthProvider {
    /// What there is for a resource. A token that was refused as invalid counts as expired; an expired one is refreshed
    /// if it can be.
    pub(super) async fn look_up(
        &self,
        held: &mut Held,
        key: &StoreKey,
        refused: Option<&Refusal>,
    ) -> Result<Found, ProviderError> {
        self.save_what_waits(held, key).await?;
        let is_good = |stored: &Stored| {
            let invalid =
                matches!(refused, Some(Refusal::Invalid(token)) if *token == stored.record.access_token);
            stored.is_valid() && !invalid
        };
        let was_refused = |stored: &Stored| match refused {
            Some(Refusal::Invalid(token) | Refusal::Insufficient(token)) => {
                *token == stored.record.access_token
            }
            None => false,
        };
        // Another process may have stored a better token than the one that was refused: the cache is no help then.
        let cached = held.cache.get(key).filter(|stored| is_good(stored) && !was_refused(stored));
        if let Some(cached) = cached {
            return Ok(Found { usable: Some(cached.clone()), last: Some(cached.clone()) });
        }
        let Some(stored) = self.load(key).await? else {
            held.cache.remove(key);
            return Ok(Found::default());
        };
        if is_good(&stored) && !self.config.has(Fault::ClientRefreshesAlways) {
            held.cache.insert(key.clone(), stored.clone());
            return Ok(Found { usable: Some(stored.clone()), last: Some(stored) });
        }
        let usable = self.refresh(held, key, &stored).await?;
        if usable.is_none() && self.config.has(Fault::ClientReliesOnRefresh) {
            return Err(self.nobody_there(key, &[], &Need::default()));
        }
        let last = if self.config.has(Fault::ClientForgetsOnExpiry) { usable.clone() } else { Some(stored) };
        Ok(Found { last: usable.clone().or(last), usable })
    }

    /// The stored record. One that cannot be read is removed with a note, and counts as none (TOK-01).
    pub(super) async fn load(&self, key: &StoreKey) -> Result<Option<Stored>, ProviderError> {
        let Some(text) = self.store.read(key)? else { return Ok(None) };
        if let Ok(stored) = self.decode(&text) {
            return Ok(Some(stored));
        }
        // It is looked at again under the lock: somebody may just have written a good one.
        let mut entry = lock(&*self.store, key).await?;
        let Some(text) = self.store.read(key)? else { return Ok(None) };
        match self.decode(&text) {
            Ok(stored) => Ok(Some(stored)),
            Err(error) if self.config.has(Fault::ClientBrokenRecordStays) => {
                let source = io::Error::new(io::ErrorKind::InvalidData, error);
                Err(StoreError::Read { path: key.url().into(), source }.into())
            }
            Err(error) => {
                entry.remove()?;
                self.note(format!(
                    "what was stored for {} was no record and has been removed: {error}",
                    key.url()
                ));
                Ok(None)
            }
        }
    }

    /// Reads a record.
    fn decode(&self, text: &str) -> Result<Stored, RecordError> {
        let mut stored = Stored::decode(text)?;
        if self.config.has(Fault::ClientOldRecordDefaults) {
            stored.record.scopes.get_or_insert_with(|| self.config.defaults.clone());
        }
        if stored.record.scopes.is_none() && self.config.has(Fault::ClientOldRecordRefused) {
            return Err(RecordError::Absent { member: "scopes" });
        }
        Ok(stored)
    }

    /// Stores what an earlier refresh brought and could not store.
    async fn save_what_waits(&self, held: &mut Held, key: &StoreKey) -> Result<(), ProviderError> {
        let Some(waiting) = held.unsaved.get(key).cloned() else { return Ok(()) };
        lock(&*self.store, key).await?.replace(&waiting.encode())?;
        held.unsaved.remove(key);
        held.cache.insert(key.clone(), waiting);
        Ok(())
    }
}
