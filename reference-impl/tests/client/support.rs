//! Clients for the tests.

use std::sync::Arc;

use scopecheck_reference::client::{
    ClientConfig, Drawer, MemoryStore, OAuthProvider, Session, StoreKey, TokenStore,
};
use url::Url;

use crate::double::{Double, Rules};

/// A client, its store, and the double that it talks to.
pub(crate) struct World {
    pub(crate) double: Double,
    pub(crate) store: Arc<dyn TokenStore>,
    pub(crate) config: ClientConfig,
    pub(crate) provider: Arc<OAuthProvider>,
}

pub(crate) fn list(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

impl World {
    pub(crate) async fn new(rules: Rules, config: ClientConfig) -> Self {
        Self::with_store(rules, config, Arc::new(MemoryStore::new())).await
    }

    pub(crate) async fn plain() -> Self {
        Self::new(Rules::default(), ClientConfig::default()).await
    }

    pub(crate) async fn with_store(rules: Rules, config: ClientConfig, store: Arc<dyn TokenStore>) -> Self {
        let provider = Arc::new(OAuthProvider::new(config.clone(), Arc::clone(&store)));
        Self { double: Double::start(rules).await, store, config, provider }
    }

    /// The same client after a restart: nothing is left but the store.
    pub(crate) fn restart(&mut self) {
        self.provider = Arc::new(OAuthProvider::new(self.config.clone(), Arc::clone(&self.store)));
    }

    pub(crate) fn resource(&self) -> String {
        self.double.resource()
    }

    pub(crate) fn key(&self) -> StoreKey {
        StoreKey::of_url(Drawer::Credentials, &Url::parse(&self.resource()).unwrap()).unwrap()
    }

    /// What is stored, as text.
    pub(crate) fn text(&self) -> Option<String> {
        self.store.read(&self.key()).unwrap()
    }

    /// Writes a text into the store, whatever it is.
    pub(crate) fn write(&self, text: &str) {
        self.store.try_lock(&self.key()).unwrap().unwrap().replace(text).unwrap();
    }

    /// Makes the stored token an expired one.
    pub(crate) fn expire(&self) {
        let mut record: serde_json::Value = serde_json::from_str(&self.text().unwrap()).unwrap();
        record["expires_at"] = serde_json::json!(1);
        self.write(&record.to_string());
    }

    /// Takes a member out of the stored record.
    pub(crate) fn forget(&self, member: &str) {
        let mut record: serde_json::Value = serde_json::from_str(&self.text().unwrap()).unwrap();
        record.as_object_mut().unwrap().remove(member).unwrap();
        self.write(&record.to_string());
    }

    /// Logs in; gives what is granted, or the error.
    pub(crate) async fn log_in(&self, scopes: &str) -> String {
        match self.provider.log_in(&self.resource(), &list(scopes)).await {
            Ok(credential) => format!("granted {}", credential.granted.names().join(" ")),
            Err(error) => self.shown(&error),
        }
    }

    /// Calls an operation in a session of its own; gives the answer, or the error.
    pub(crate) async fn call(&self, operation: &str) -> String {
        let session = Session::new(Arc::clone(&self.provider));
        self.call_in(&session, operation).await
    }

    pub(crate) async fn call_in(&self, session: &Session, operation: &str) -> String {
        match session.call(&self.resource(), Some(operation)).await {
            Ok(reply) => reply.text(),
            Err(error) => self.shown(&error),
        }
    }

    /// A text without what differs from run to run.
    pub(crate) fn shown(&self, text: &impl ToString) -> String {
        text.to_string().replace(&self.double.url, "http://HERE")
    }

    /// What is stored, each scope with how it is known.
    pub(crate) async fn held(&self) -> String {
        let all = self.provider.status(Some(&self.resource())).await.unwrap();
        let Some(status) = all.first() else { return "nothing".to_owned() };
        let one = |granted: &scopecheck_reference::grant::GrantedScope| {
            format!("{} ({})", granted.scope, granted.provenance)
        };
        status.credential.granted.scopes.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// The events, joined.
    pub(crate) fn events(&self) -> String {
        self.double.events().join("; ")
    }
}
