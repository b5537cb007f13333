//! What a provider has in memory.

use std::collections::{HashMap, HashSet};

use crate::client::store::StoreKey;
use crate::client::stored::Stored;

/// What a provider has in memory. Whoever has it has the turn: no two logins overlap (SU-12).
#[derive(Clone, Default)]
pub(super) struct Held {
    /// Tokens that are stored as well.
    pub(super) cache: HashMap<StoreKey, Stored>,
    /// Tokens that a refresh brought and that could not be stored. They are not used, and the refresh token that they
    /// replace is not sent again: to a server that rotates it, that would look like theft (M74).
    pub(super) unsaved: HashMap<StoreKey, Stored>,
    /// Refresh tokens that were refused, which are not sent again.
    pub(super) refused: HashSet<String>,
    /// Scopes that were declined, which are not asked for again at once (MCP-SU-6).
    pub(super) declined: HashMap<StoreKey, Vec<String>>,
}

/// What there is for a resource before any login.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// A token that can be used.
    pub(super) usable: Option<Stored>,
    /// What was stored last, even if it has expired: its grants are still grants.
    pub(super) last: Option<Stored>,
}
