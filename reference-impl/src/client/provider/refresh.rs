//! Refresh (RFC 6749 section 6, TOK-06).

use super::held::Held;
use super::{OAuthProvider, ProviderError};
use crate::client::login::{Registration, redeem};
use crate::client::store::{StoreKey, lock};
use crate::client::stored::{Origin, Stored};
use crate::faults::Fault;
use crate::identity::same_identity;

impl OAuthProvider {
    /// Renews a token without asking for any scope, so that what was granted stays granted. A refusal is no error: it
    /// means that there is no usable token. That the new token cannot be stored is one.
    pub(super) async fn refresh(
        &self,
        held: &mut Held,
        key: &StoreKey,
        old: &Stored,
    ) -> Result<Option<Stored>, ProviderError> {
        self.refresh_asking(held, key, old, &[]).await
    }

    /// The same, with a scope parameter where a fault wants one.
    pub(super) async fn refresh_asking(
        &self,
        held: &mut Held,
        key: &StoreKey,
        old: &Stored,
        scopes: &[String],
    ) -> Result<Option<Stored>, ProviderError> {
        let is_spent = |token: &String| held.refused.contains(token);
        if old.record.refresh_token.as_ref().is_none_or(is_spent) || old.origin.is_none() {
            return Ok(None);
        }
        // Two processes that send one refresh token would look like theft. The second one finds what the first stored.
        let mut entry = lock(&*self.store, key).await?;
        let Some(current) = self.store.read(key)?.and_then(|text| Stored::decode(&text).ok()) else {
            return Ok(None);
        };
        let is_new = current.record.access_token != old.record.access_token && current.is_valid();
        let overlaps = self.config.has(Fault::ClientOverlapsLogins);
        if is_new && !overlaps {
            held.cache.insert(key.clone(), current.clone());
            return Ok(Some(current));
        }
        let current = if overlaps { old.clone() } else { current };
        let new = match self.renewed(&current, scopes).await {
            Ok(new) => new,
            Err(why) => {
                self.note(format!("the token for {} could not be refreshed: {why}", key.url()));
                held.refused.extend(current.record.refresh_token);
                return Ok(None);
            }
        };
        if !self.config.has(Fault::ClientAccountSwitch) {
            same_identity(&current.identity(), &new.identity())?;
        }
        if let Err(error) = entry.replace(&new.encode()) {
            held.unsaved.insert(key.clone(), new);
            return Err(error.into());
        }
        held.cache.insert(key.clone(), new.clone());
        Ok(Some(new))
    }

    /// Sends the refresh token to where it came from.
    async fn renewed(&self, old: &Stored, scopes: &[String]) -> Result<Stored, String> {
        let (Some(token), Some(origin)) = (&old.record.refresh_token, &old.origin) else {
            return Err("there is no refresh token".to_owned());
        };
        let client =
            self.client_of(origin).ok_or("the client that it was issued to is not known any more")?;
        let named =
            self.config.has(Fault::ClientRefreshNamesScope).then(|| old.granted(&self.config).names());
        let scopes = named.as_deref().unwrap_or(scopes);
        let joined = scopes.join(" ");
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", &**token),
            ("resource", &*origin.resource),
        ];
        if !scopes.is_empty() {
            form.push(("scope", &joined));
        }
        let answer = redeem(&self.http, &origin.token_endpoint, &client, None, &form).await;
        let answer = answer.map_err(|error| error.to_string())?;
        old.refreshed(&answer, &self.config).map_err(|error| error.to_string())
    }

    /// The client that a token was issued to.
    fn client_of(&self, origin: &Origin) -> Option<Registration> {
        let kept = || {
            let key = Registration::key(&origin.issuer).ok()?;
            Registration::decode(&self.store.read(&key).ok()??)
        };
        let client = Registration::configured(&self.config).or_else(kept)?;
        Some(client).filter(|client| client.client_id == origin.client_id)
    }
}
