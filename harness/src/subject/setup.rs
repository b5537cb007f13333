//! What is known of a server before it is contacted.

use std::{collections::BTreeMap, fmt, sync::Arc};

use super::Starter;

/// Where every authorization response goes. It is never contacted: only the `Location` that points there is read.
pub(super) const REDIRECT_URI: &str = "https://client.example/cb";

/// What is known of a server before it is contacted.
#[derive(Clone, Default)]
pub struct Setup {
    /// The name of the target.
    pub name: String,
    /// The table of the target.
    pub table: String,
    /// The issuer identifier.
    pub issuer: String,
    /// The address was chosen by us and says nothing: it is written as `$ISSUER`.
    pub address_is_ours: bool,
    /// The profiles; empty means: what the metadata shows.
    pub profiles: Vec<String>,
    /// The scopes that a client may be granted; empty means: the first of `scopes_supported`.
    pub grantable: Vec<String>,
    /// A scope that the client may not have.
    pub forbidden: Option<String>,
    /// A scope that the server does not know; `None` means: one is made up.
    pub unknown: Option<String>,
    /// The documented default, space-separated.
    pub default: Option<String>,
    /// How clients come by their registration.
    pub client: ClientMode,
    /// The scope that clients are registered with; `None` means: all grantable ones.
    pub register_scope: Option<String>,
    /// How a client with a secret authenticates; `None` means what the server offers.
    pub secret_method: Option<&'static str>,
    /// The redirect URI; `None` means `https://client.example/cb`.
    pub redirect_uri: Option<String>,
    /// How a person's part is played.
    pub login: Login,
    /// Capabilities that discovery cannot know, or knows wrongly.
    pub capabilities: BTreeMap<String, bool>,
    /// Pinned behaviours, by check id.
    pub pin: BTreeMap<String, String>,
    /// Starts the server anew, where a case may choose its settings.
    pub starter: Option<Arc<dyn Starter>>,
    /// Values that must never be written.
    pub canaries: Vec<(String, String)>,
}

/// How clients come by their registration.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum ClientMode {
    /// They register themselves (RFC 7591).
    #[default]
    Dynamic,
    /// One is registered already.
    Registered {
        /// Its id.
        id: String,
        /// Its secret; `None` for a public client.
        secret: Option<String>,
    },
}

/// How a person's part is played.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Login {
    /// Redirects are followed; nobody fills in anything.
    #[default]
    Auto,
    /// The first POST form of each page is filled in and sent.
    Form(Vec<(String, String)>),
}

// What follows holds secrets: it is shown without them.

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("name", &self.name)
            .field("table", &self.table)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ClientMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dynamic => "Dynamic",
            Self::Registered { .. } => "Registered",
        })
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "Auto",
            Self::Form(_) => "Form",
        })
    }
}
