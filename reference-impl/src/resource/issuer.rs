//! The issuer, as far as the resource server asks it: for its metadata and keys, and about tokens.
//!
//! Metadata and keys are kept. A key that is not known makes the server ask again, but not more often than every few
//! seconds: who sends tokens chooses the name of their key.

use std::time::Duration;

use jsonwebtoken::jwk::Jwk;
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::ask::Ask;
use crate::claims::Members;

/// How long the keys are taken for current when a token names one that is not among them.
const FRESH: Duration = Duration::from_secs(5);
/// The most keys of a set that are looked at.
const MOST_KEYS: usize = 16;

/// Why the issuer could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unavailable {
    /// No answer, or none that can be used.
    #[error("{url}: {why}")]
    Answer {
        /// The address that was asked.
        url: String,
        /// What came instead.
        why: String,
    },
    /// The metadata lack a member.
    #[error("the metadata of the issuer have no '{0}'")]
    Member(&'static str),
    /// The metadata are those of another issuer (RFC 8414 section 3.3).
    #[error("the metadata found there name another issuer")]
    Other,
}

/// The issuer.
#[derive(Debug)]
pub(super) struct Issuer {
    name: String,
    ask: Ask,
    known: Mutex<Known>,
}

/// What is known of the issuer.
#[derive(Debug, Default)]
struct Known {
    metadata: Option<Members>,
    keys: Vec<Jwk>,
    asked: Option<Instant>,
}

impl Issuer {
    /// An issuer of which nothing is known yet.
    pub(super) fn new(name: &str) -> Result<Self, reqwest::Error> {
        Ok(Self { name: name.to_owned(), ask: Ask::new()?, known: Mutex::default() })
    }

    /// Its name, as tokens must spell it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The keys that may have signed a token: those of that name, or all of them where the token names none.
    pub(super) async fn keys(&self, kid: Option<&str>) -> Result<Vec<Jwk>, Unavailable> {
        let mut known = self.known.lock().await;
        let mut found = matching(&known.keys, kid);
        let fresh = known.asked.is_some_and(|asked| asked.elapsed() < FRESH);
        if found.is_empty() && !fresh {
            let address = self.endpoint(&mut known, "jwks_uri").await?;
            let set = self.ask.get(&address).await?;
            let listed = set.get("keys").and_then(Value::as_array).ok_or(Unavailable::Member("keys"))?;
            // A key of a kind that is not known here is somebody else's (RFC 7517 section 5).
            let read = |key: &Value| serde_json::from_value(key.clone()).ok();
            known.keys = listed.iter().take(MOST_KEYS).filter_map(read).collect();
            known.asked = Some(Instant::now());
            found = matching(&known.keys, kid);
        }
        Ok(found)
    }

    /// Asks about a token (RFC 7662 section 2.1).
    pub(super) async fn introspect(
        &self,
        client_id: &str,
        client_secret: &str,
        token: &str,
    ) -> Result<Members, Unavailable> {
        let address = self.endpoint(&mut *self.known.lock().await, "introspection_endpoint").await?;
        self.ask.introspect(&address, client_id, client_secret, token).await
    }

    /// An endpoint that the metadata name; they are fetched when they are first needed.
    async fn endpoint(&self, known: &mut Known, member: &'static str) -> Result<String, Unavailable> {
        if known.metadata.is_none() {
            known.metadata = Some(self.metadata().await?);
        }
        let named = known.metadata.as_ref().and_then(|metadata| metadata.get(member));
        named.and_then(Value::as_str).map(str::to_owned).ok_or(Unavailable::Member(member))
    }

    /// The metadata: those of RFC 8414, else those of OpenID Connect Discovery.
    async fn metadata(&self) -> Result<Members, Unavailable> {
        let base = self.name.trim_end_matches('/');
        let rest = base.find("://").and_then(|at| base.get(at + 3..)).unwrap_or_default();
        let (origin, path) = match rest.find('/') {
            Some(slash) => base.split_at(base.len() - rest.len() + slash),
            None => (base, ""),
        };
        let oauth = format!("{origin}/.well-known/oauth-authorization-server{path}");
        let found = match self.ask.get(&oauth).await {
            Ok(found) => found,
            Err(_) => self.ask.get(&format!("{base}/.well-known/openid-configuration")).await?,
        };
        if found.get("issuer").and_then(Value::as_str) == Some(&self.name) {
            Ok(found)
        } else {
            Err(Unavailable::Other)
        }
    }
}

/// The keys of that name; all of them where there is no name.
fn matching(keys: &[Jwk], kid: Option<&str>) -> Vec<Jwk> {
    let fits = |key: &&Jwk| kid.is_none() || key.common.key_id.as_deref() == kid;
    keys.iter().filter(fits).cloned().collect()
}
