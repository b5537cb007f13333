//! What can be chosen about the server, and what it chooses by itself.

use std::collections::BTreeSet;
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;

use super::consent::{Consent, Person};
use super::log::Log;
use crate::faults::Fault;
use crate::words::words;

words! {
    /// Whose rules the server follows where they differ.
    pub enum Profile: "profile" {
        /// The standards, and the choices of our own where they leave one.
        Standard = "standard",
        /// The embedded authorization server of `contracts.md`, its quirks left out.
        Toolhive = "toolhive",
    }
}

words! {
    /// What becomes of a requested scope that the client may not have (RFC 6749 section 3.3 allows both).
    pub enum UnknownScopes: "way with unknown scopes" {
        /// The request is refused with `invalid_scope`.
        Refuse = "refuse",
        /// The scope is left out of the grant, and the answer says what was granted.
        Ignore = "ignore",
    }
}

words! {
    /// How a JWT access token carries its scope.
    pub enum ClaimForm: "claim form" {
        /// `scope`, one space-separated string (RFC 8693 section 4.2). The token is then an `at+jwt`.
        ScopeString = "scope-string",
        /// `scp`, one space-separated string.
        ScpString = "scp-string",
        /// `scp`, an array of strings (AZ-09).
        ScpArray = "scp-array",
        /// `scope`, an array of strings.
        ScopeArray = "scope-array",
    }
}

words! {
    /// What an access token is.
    pub enum TokenFormat: "token format" {
        /// A signed JWT that anybody can read.
        Jwt = "jwt",
        /// A random string that only introspection can explain.
        Opaque = "opaque",
    }
}

/// What to start. The default is profile `standard`, a port of the system's choice, JWT tokens, consent to everything,
/// no limit but that of a body, no log and no fault.
///
/// The server takes the configuration and keeps its lists as they are then: nothing that the caller does to lists of
/// its own afterwards changes the server (DCR-08, CFG-07).
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Whose rules to follow.
    pub profile: Profile,
    /// The port on the loopback interface; 0 lets the system choose.
    pub port: u16,
    /// The supported scopes; `None` or an empty list means those of the profile (CFG-02): `read write files:read
    /// admin offline_access` in profile `standard`, where a registration without scope gets the first three, and the
    /// four of DCR-04 in profile `toolhive`, where it gets all of them.
    pub scopes_supported: Option<Vec<String>>,
    /// What a request without scope gets, as far as the client may have it; `None` means the profile's default, which
    /// is `read` in profile `standard` and `openid` in profile `toolhive`. If nothing of it is left, the request is
    /// refused with `invalid_scope` (RFC 6749 section 3.3).
    pub default_scope: Option<Vec<String>>,
    /// Scopes that every registration gains (DCR-05). Each must be supported, or the server does not start.
    pub baseline: Vec<String>,
    /// What becomes of scopes that the client may not have, in requests for a token. A registration with an
    /// unsupported scope is refused either way (DCR-03).
    pub unknown: UnknownScopes,
    /// How a JWT carries its scope; `None` means the profile's form: a `scope` string in profile `standard`, an `scp`
    /// array in profile `toolhive` (AZ-09).
    pub claim_form: Option<ClaimForm>,
    /// What an access token is.
    pub token_format: TokenFormat,
    /// Whether a stub identity provider stands upstream, on an origin of its own.
    pub upstream: bool,
    /// Who is there where a request names nobody in `login_hint`.
    pub person: Person,
    /// What the person called `resource-owner` consents to; the others have ways of their own.
    pub consent: Consent,
    /// The most registrations and updates in a second, with as many at once; `None` means no limit. Above it the
    /// answer is status 429 (DCR-01 step 1).
    pub rate_limit: Option<NonZeroU32>,
    /// The most clients that are kept; `None` means no limit. Above it the answer is status 503 (DCR-01).
    pub capacity: Option<NonZeroUsize>,
    /// Where records of the log go; `None` means nowhere.
    pub log: Option<Arc<dyn Log>>,
    /// The faults that are switched on.
    pub faults: BTreeSet<Fault>,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            profile: Profile::Standard,
            port: 0,
            scopes_supported: None,
            default_scope: None,
            baseline: Vec::new(),
            unknown: UnknownScopes::Refuse,
            claim_form: None,
            token_format: TokenFormat::Jwt,
            upstream: false,
            person: Person::ResourceOwner,
            consent: Consent::All,
            rate_limit: None,
            capacity: None,
            log: None,
            faults: BTreeSet::new(),
        }
    }
}
