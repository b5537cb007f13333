//! What all endpoints share.

use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::config::{ClaimForm, Profile, ServerConfig, TokenFormat, UnknownScopes};
use super::consent::{Consent, Person};
use super::jwt::SigningKey;
use super::limits::Rate;
use super::log::Record;
use super::store::Store;
use crate::faults::Fault;
use crate::registration::{DEFAULT_SCOPES, RuntimeConfig};

/// What profile `standard` supports where nothing is configured.
const STANDARD_SUPPORTED: [&str; 5] = ["read", "write", "files:read", "admin", "offline_access"];
/// What a registration without scope gets in profile `standard`, as far as it is supported.
const STANDARD_REGISTRATION_DEFAULT: [&str; 3] = ["read", "write", "files:read"];

/// The server's policy on scope, with the defaults of the profile filled in.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    /// The supported scopes, as the metadata show them (CFG-08).
    pub(super) supported: Vec<String>,
    /// What a registration without scope gets, as far as it is supported (RFC 7591 section 2).
    pub(super) registration_default: Vec<String>,
    /// What a request without scope gets, as far as the client may have it (RFC 6749 section 3.3).
    pub(super) default_scope: Vec<String>,
    /// What every registration gains (DCR-05).
    pub(super) baseline: Vec<String>,
    /// What becomes of scopes that the client may not have.
    pub(super) unknown: UnknownScopes,
}

impl Policy {
    /// The policy that a configuration means. Where nothing is listed under supported, the profile's list holds.
    pub(super) fn new(config: &ServerConfig) -> Self {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (supported, registration_default, default_scope) = match config.profile {
            Profile::Standard => {
                (owned(&STANDARD_SUPPORTED), owned(&STANDARD_REGISTRATION_DEFAULT), owned(&["read"]))
            }
            Profile::Toolhive => (owned(&DEFAULT_SCOPES), owned(&DEFAULT_SCOPES), owned(&["openid"])),
        };
        let configured = config.scopes_supported.clone().filter(|list| !list.is_empty());
        Self {
            supported: configured.unwrap_or(supported),
            registration_default,
            default_scope: config.default_scope.clone().unwrap_or(default_scope),
            baseline: config.baseline.clone(),
            unknown: config.unknown,
        }
    }

    /// The policy as the gates of a start-up see it.
    pub(super) fn runtime_config(&self) -> RuntimeConfig {
        RuntimeConfig { scopes_supported: self.supported.clone(), baseline: self.baseline.clone() }
    }
}

/// What all endpoints share.
#[derive(Debug)]
pub(super) struct App {
    /// The issuer, without a slash at its end.
    pub(super) issuer: String,
    /// The origin of the stub identity provider, if there is one.
    pub(super) upstream: Option<String>,
    /// The policy on scope.
    pub(super) policy: Policy,
    /// The key that signs access tokens.
    pub(super) key: SigningKey,
    /// The rate of registrations, if there is a limit.
    pub(super) rate: Option<Rate>,
    config: ServerConfig,
    store: Mutex<Store>,
}

impl App {
    /// Puts an application together.
    pub(super) fn new(
        config: ServerConfig,
        issuer: String,
        upstream: Option<String>,
        key: SigningKey,
    ) -> Self {
        let (policy, rate) = (Policy::new(&config), config.rate_limit.map(Rate::new));
        Self { issuer, upstream, policy, key, rate, config, store: Mutex::default() }
    }

    /// Whether the server follows the contracts of profile `toolhive`.
    pub(super) fn is_toolhive(&self) -> bool {
        self.config.profile == Profile::Toolhive
    }

    /// Whether a fault is switched on.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.config.faults.contains(&fault)
    }

    /// What an access token is.
    pub(super) fn token_format(&self) -> TokenFormat {
        self.config.token_format
    }

    /// How a JWT carries its scope: as configured, else as the profile has it (AZ-09).
    pub(super) fn claim_form(&self) -> ClaimForm {
        let of_profile = if self.is_toolhive() { ClaimForm::ScpArray } else { ClaimForm::ScopeString };
        self.config.claim_form.unwrap_or(of_profile)
    }

    /// Who is asked where a request names nobody.
    pub(super) fn person(&self) -> Person {
        self.config.person
    }

    /// What the person called `resource-owner` consents to.
    pub(super) fn consent(&self) -> &Consent {
        &self.config.consent
    }

    /// The most clients that are kept.
    pub(super) fn capacity(&self) -> usize {
        self.config.capacity.map_or(usize::MAX, NonZeroUsize::get)
    }

    /// Tells the operator, if somebody listens.
    pub(super) fn log(&self, record: impl FnOnce() -> Record) {
        if let Some(log) = &self.config.log {
            let record = record();
            log.write(&if self.has(Fault::LogUnescaped) { record.unescaped() } else { record });
        }
    }

    /// What the server remembers. A request that panicked leaves nothing half done that matters here.
    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
