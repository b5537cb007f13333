//! A new token is judged before it replaces the old one.

use super::held::Held;
use super::{Need, OAuthProvider, ProviderError, Refusal};
use crate::client::shown::shown_list;
use crate::client::store::{StoreKey, lock};
use crate::client::stored::Stored;
use crate::faults::Fault;
use crate::grant::Granted;
use crate::identity::same_identity;
use crate::scope::{missing_scopes, union_scopes};
use crate::step_up::{covers, ensure_granted};

impl OAuthProvider {
    /// Keeps what a login brought, unless it is for somebody else or worth less than what is held.
    ///
    /// The order is: compare the identity (ID-03), look whether it was enough (SU-06), save, and only then remember
    /// (TOK-07). Where less was granted than is required, a token that holds something the new one lacks stays (M53).
    pub(super) async fn settle(
        &self,
        held: &mut Held,
        key: &StoreKey,
        last: Option<&Stored>,
        new: Stored,
        need: &Need,
    ) -> Result<Stored, ProviderError> {
        let config = &self.config;
        let mut entry = lock(&*self.store, key).await?;
        // Another process may have stored a token while this login was under way.
        let current = self.store.read(key)?.and_then(|text| Stored::decode(&text).ok());
        let old = current.as_ref().or(last);
        if let Some(old) = old.filter(|_| !config.has(Fault::ClientAccountSwitch)) {
            same_identity(&old.identity(), &new.identity())?;
        }
        let granted = new.granted(config);
        if let Some(better) = current.as_ref().filter(|current| self.overtakes(current, last, &granted, need))
        {
            held.cache.insert(key.clone(), better.clone());
            return Ok(better.clone());
        }
        let enough = ensure_granted(&need.required, &granted);
        let missed =
            old.map(|old| missing_scopes(&granted.names(), &old.granted(config).names())).unwrap_or_default();
        let worse = enough.is_err() && !missed.is_empty() && old.is_some_and(|old| is_of_use(old, need));
        if !worse || config.has(Fault::ClientReplacesBetter) {
            let saved = entry.replace(&new.encode());
            if !config.has(Fault::ClientSavesLate) {
                saved?;
            }
            held.cache.insert(key.clone(), new.clone());
            held.unsaved.remove(key);
        }
        match enough {
            Ok(()) => {
                held.declined.remove(key);
                if !missed.is_empty() {
                    self.note(format!(
                        "the new token for {} no longer has: {}",
                        key.url(),
                        shown_list(&missed)
                    ));
                }
                Ok(new)
            }
            Err(mut decline) => {
                if config.has(Fault::ClientDeclineNamesAll) {
                    decline.missing.clone_from(&need.required);
                }
                held.declined.entry(key.clone()).or_default().extend(decline.missing.iter().cloned());
                Err(ProviderError::declined(&key.url(), decline))
            }
        }
    }

    /// Whether what another process has stored meanwhile makes the new token superfluous: it is no less, and enough.
    fn overtakes(&self, current: &Stored, last: Option<&Stored>, granted: &Granted, need: &Need) -> bool {
        let is_new = last.is_none_or(|last| last.record.access_token != current.record.access_token);
        let wanted = union_scopes(&granted.names(), &need.required);
        is_new
            && is_of_use(current, need)
            && covers(&current.granted(&self.config).names(), &wanted).covered()
    }
}

/// Whether an old token can still be used: it is valid, and not the one that was refused as invalid.
fn is_of_use(old: &Stored, need: &Need) -> bool {
    let token = &old.record.access_token;
    old.is_valid() && !matches!(&need.refused, Some(Refusal::Invalid(refused)) if refused == token)
}
