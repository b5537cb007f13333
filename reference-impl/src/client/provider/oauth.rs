//! The provider of OAuth.

use std::fmt;
use std::sync::{Arc, Mutex as PlainMutex, PoisonError};

use tokio::sync::Mutex;
use url::Url;

use super::held::{Found, Held};
use super::plan::Decision;
use super::{Credential, CredentialProvider, CredentialRequest, Need, Pending, ProviderError, Refusal};
use crate::client::config::ClientConfig;
use crate::client::discovery::{discover, select_scopes};
use crate::client::login::Flow;
use crate::client::shown::shown;
use crate::client::store::{Drawer, StoreKey, TokenStore, lock};
use crate::client::stored::{Origin, Stored};
use crate::client::wire::{Http, HttpError};
use crate::faults::Fault;
use crate::scope::{ScopeSet, missing_scopes, union_scopes};
use crate::step_up::DeclineError;

/// Gives out access tokens, and logs in for them where nothing that is held will do.
pub struct OAuthProvider {
    pub(super) config: ClientConfig,
    pub(super) http: Http,
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) held: Mutex<Held>,
    announce: Box<dyn Fn(&str) + Send + Sync>,
    notes: PlainMutex<Vec<String>>,
}

impl fmt::Debug for OAuthProvider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("OAuthProvider")
            .field("config", &self.config)
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

impl OAuthProvider {
    /// A provider that keeps its tokens in a store.
    pub fn new(config: ClientConfig, store: Arc<dyn TokenStore>) -> Self {
        let http = Http::new(config.request_timeout);
        let held = Mutex::new(Held::default());
        Self { config, http, store, held, announce: Box::new(|_| ()), notes: PlainMutex::default() }
    }

    /// The same, telling the person in front of the client where to go.
    #[must_use]
    pub fn announcing(mut self, announce: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.announce = Box::new(announce);
        self
    }

    /// How the provider behaves.
    pub const fn config(&self) -> &ClientConfig {
        &self.config
    }

    /// How the provider speaks.
    pub(in crate::client) const fn http(&self) -> &Http {
        &self.http
    }

    /// What happened beside the answer and should be told, each note once: a record that was removed, a login,
    /// scopes that were lost, a refresh that failed.
    pub fn take_notes(&self) -> Vec<String> {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Logs in, once, for the defaults, what is granted already and these scopes. Nothing is forgotten before the new
    /// token is there; `log_out` is what forgets.
    pub async fn log_in(&self, resource: &str, scopes: &[String]) -> Result<Credential, ProviderError> {
        let need = Need { required: scopes.to_vec(), afresh: true, ..Need::default() };
        self.obtain(resource, &need).await
    }

    /// A token that can be used without a login, if there is one.
    pub(in crate::client) async fn usable(
        &self,
        resource: &str,
    ) -> Result<Option<Credential>, ProviderError> {
        let (_, key) = Self::key(resource)?;
        let found = if self.config.has(Fault::ClientOverlapsLogins) {
            let mut own = self.held.lock().await.clone();
            let found = self.look_up(&mut own, &key, None).await?;
            *self.held.lock().await = own;
            found
        } else {
            self.look_up(&mut *self.held.lock().await, &key, None).await?
        };
        Ok(found.usable.map(|stored| self.credential(&stored)))
    }

    /// A token that meets a need. At most one login is made, and none beside another (SU-10, SU-12).
    pub(in crate::client) async fn obtain(
        &self,
        resource: &str,
        need: &Need,
    ) -> Result<Credential, ProviderError> {
        if self.config.has(Fault::ClientOverlapsLogins) {
            let mut own = self.held.lock().await.clone();
            let obtained = self.obtain_with(&mut own, resource, need).await;
            *self.held.lock().await = own;
            return obtained;
        }
        let mut held = self.held.lock().await;
        self.obtain_with(&mut held, resource, need).await
    }

    /// The same, while nobody else changes what is held.
    async fn obtain_with(
        &self,
        held: &mut Held,
        resource: &str,
        need: &Need,
    ) -> Result<Credential, ProviderError> {
        ScopeSet::from_tokens(&need.required)?;
        ScopeSet::from_tokens(&self.config.defaults)?;
        let (url, key) = Self::key(resource)?;
        let found = self.look_up(held, &key, need.refused.as_ref()).await?;
        let stored = match self.decide(held, &key, &found, need)? {
            Decision::Use(stored) => stored,
            Decision::Refresh(old, scopes) => {
                self.refresh_asking(held, &key, &old, &scopes).await?.unwrap_or(old)
            }
            Decision::LogIn(request) => {
                let (again, before) = (request.clone(), found.clone());
                match self.log_in_for(held, &url, &key, found, need, request).await {
                    Err(ProviderError::Declined { .. })
                        if self.config.has(Fault::ClientDeclineAskedAgain) =>
                    {
                        self.log_in_for(held, &url, &key, before, need, again).await?
                    }
                    brought => brought?,
                }
            }
        };
        Ok(self.credential(&stored))
    }

    /// Makes the login and keeps what it brings, if it is worth keeping.
    async fn log_in_for(
        &self,
        held: &mut Held,
        url: &Url,
        key: &StoreKey,
        found: Found,
        need: &Need,
        mut request: Vec<String>,
    ) -> Result<Stored, ProviderError> {
        let failed = |error| ProviderError::Login { resource: key.url(), source: Box::new(error) };
        let stepping_up = matches!(need.refused, Some(Refusal::Insufficient(_)));
        let looks = !(stepping_up && self.config.has(Fault::ClientOldMetadata));
        let origin = found.last.as_ref().filter(|_| !looks).and_then(|last| last.origin.as_ref());
        let kept = origin.map(|origin| &*origin.issuer);
        let site = discover(&self.http, &self.config, url, need.metadata.as_deref(), kept).await;
        let site = site.map_err(|error| ProviderError::login(&key.url(), error))?;
        if need.select && looks {
            request = union_scopes(&request, &select_scopes(Some(&need.required), &site.scopes));
        }
        if self.config.has(Fault::ClientAsksServerList) {
            request = union_scopes(&request, &site.server.scopes);
        }
        if self.config.has(Fault::ClientPoolsServerLists) || self.config.has(Fault::ClientMixesServers) {
            request = union_scopes(&request, &site.listed_elsewhere(&self.config));
        }
        if self.config.has(Fault::ClientAddsOfflineAccess) {
            request = union_scopes(&request, &["offline_access".to_owned()]);
        }
        if self.config.has(Fault::ClientFiltersByServerList) && !site.server.scopes.is_empty() {
            request.retain(|scope| site.server.scopes.contains(scope));
        }
        let flow =
            Flow { http: &self.http, config: &self.config, store: &*self.store, announce: &*self.announce };
        if self.config.has(Fault::ClientForgetsOnFailure) {
            lock(&*self.store, key).await?.remove()?;
            held.cache.remove(key);
        }
        if self.config.has(Fault::ClientTwoFlows) {
            flow.log_in(&site, &self.config.defaults, &[]).await.map_err(failed)?;
        }
        let mut brought = flow.log_in(&site, &request, &need.required).await;
        for _ in 0..self.config.repetitions() {
            if brought.is_err() {
                brought = flow.log_in(&site, &request, &need.required).await;
            }
        }
        let mut required = need.required.clone();
        if self.config.has(Fault::ClientDropsRefused) {
            while matches!(&brought, Err(error) if error.is_about_scope()) && request.pop().is_some() {
                required.retain(|scope| request.contains(scope));
                brought = flow.log_in(&site, &request, &required).await;
            }
        }
        let need = &Need { required, ..need.clone() };
        let brought = brought.map_err(failed)?;
        let origin = Origin {
            issuer: site.server.issuer,
            token_endpoint: site.server.token_endpoint,
            client_id: brought.client.client_id.clone(),
            resource: site.resource,
        };
        let new = Stored::of_login(&brought, origin, &self.config);
        let new = new.map_err(|error| ProviderError::login(&key.url(), error))?;
        let granted = new.granted(&self.config).names();
        if self.config.has(Fault::ClientGrantsAsText) && granted != brought.requested {
            return Err(ProviderError::declined(&key.url(), DeclineError { missing: brought.requested }));
        }
        if self.config.has(Fault::ClientInsistsOnAll) {
            let missing = missing_scopes(&granted, &brought.requested);
            if !missing.is_empty() {
                return Err(ProviderError::declined(&key.url(), DeclineError { missing }));
            }
        }
        let granted = words(&granted);
        self.note(format!(
            "logged in for {}: asked for {}, granted {granted}",
            key.url(),
            words(&brought.requested)
        ));
        self.settle(held, key, found.last.as_ref(), new, need).await
    }

    /// The URL of a resource, and the key under which its token is kept.
    pub(super) fn key(resource: &str) -> Result<(Url, StoreKey), ProviderError> {
        let why =
            |error: url::ParseError| HttpError::Url { url: resource.to_owned(), why: error.to_string() };
        let mut url = Url::parse(resource).map_err(why)?;
        if url.host().is_none() {
            return Err(HttpError::Url { url: resource.to_owned(), why: "it has no host".to_owned() }.into());
        }
        url.set_fragment(None);
        let key = StoreKey::of_url(Drawer::Credentials, &url)?;
        Ok((url, key))
    }

    /// What is given out of a stored token.
    pub(super) fn credential(&self, stored: &Stored) -> Credential {
        Credential {
            access_token: stored.record.access_token.clone(),
            expires_at: stored.record.expires_at,
            granted: stored.granted(&self.config),
            identity: stored.identity(),
            refreshable: stored.record.refresh_token.is_some() && stored.origin.is_some(),
        }
    }

    /// Notes what should be told.
    pub(in crate::client) fn note(&self, text: String) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }
}

/// Scopes in a note.
fn words(scopes: &[String]) -> String {
    if scopes.is_empty() { "no scope by name".to_owned() } else { format!("`{}`", shown(&scopes.join(" "))) }
}

impl CredentialProvider for OAuthProvider {
    fn get_credential<'a>(&'a self, resource: &'a str) -> Pending<'a> {
        Box::pin(async move { self.obtain(resource, &Need::default()).await })
    }

    fn get_credential_for<'a>(&'a self, request: &'a CredentialRequest) -> Pending<'a> {
        Box::pin(async move {
            let need = Need { required: request.scopes.list(), ..Need::default() };
            self.obtain(&request.resource, &need).await
        })
    }
}
