//! What can be chosen about the resource server.

use std::collections::BTreeSet;

use crate::faults::Fault;
use crate::words::words;

words! {
    /// How the scopes of a requirement are meant.
    pub enum Match: "way to match" {
        /// The token needs all of them.
        All = "all",
        /// The token needs one of them.
        Any = "any",
    }
}

/// Something that the resource server does for those who hold a token of the right scope.
///
/// It is there twice: as `GET /NAME`, and as the tool `NAME` of the MCP endpoint `/mcp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Letters, digits and `-._~` only, for it is a path segment and the name of a tool.
    pub name: String,
    /// The scopes that it demands; with none, every good token will do.
    pub requires: Vec<String>,
    /// Whether it demands all of them, or one.
    pub matching: Match,
}

impl Operation {
    /// An operation that demands all of these scopes.
    pub fn all(name: &str, requires: &[&str]) -> Self {
        Self::new(name, requires, Match::All)
    }

    /// An operation that demands one of these scopes. Its challenge names the first of them, for one is enough.
    pub fn any(name: &str, requires: &[&str]) -> Self {
        Self::new(name, requires, Match::Any)
    }

    fn new(name: &str, requires: &[&str], matching: Match) -> Self {
        let requires = requires.iter().map(ToString::to_string).collect();
        Self { name: name.to_owned(), requires, matching }
    }
}

/// How a token is checked.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenCheck {
    /// It is a JWT that the issuer signed (RFC 9068 section 4); its keys are fetched and kept.
    Jwt,
    /// The issuer is asked about it (RFC 7662), at every request.
    Introspection {
        /// The client as which the resource server asks.
        client_id: String,
        /// Its secret, sent by HTTP Basic.
        client_secret: String,
    },
}

impl std::fmt::Debug for TokenCheck {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Jwt => out.write_str("Jwt"),
            Self::Introspection { client_id, .. } => {
                out.debug_struct("Introspection").field("client_id", client_id).finish_non_exhaustive()
            }
        }
    }
}

/// What to start. The default trusts no issuer yet: fill in [`ResourceConfig::issuer`].
#[derive(Debug, Clone)]
pub struct ResourceConfig {
    /// The port on the loopback interface; 0 lets the system choose.
    pub port: u16,
    /// The issuer whose tokens are good, as its metadata and its tokens spell it.
    pub issuer: String,
    /// How a token is checked.
    pub check: TokenCheck,
    /// What the server does, and for which scopes.
    pub operations: Vec<Operation>,
    /// What the metadata list as `scopes_supported`; `None` means every scope that an operation demands, and an empty
    /// list that the member is left out (RFC 9728 section 3.2).
    pub scopes_supported: Option<Vec<String>>,
    /// What a 401 names as `scope` where no operation is called yet, such as at the start of an MCP session (RS-01);
    /// with an empty list the challenge names none.
    pub initial_scope: Vec<String>,
    /// Further audiences for which a token may be meant, beside this server's own address and its MCP endpoint.
    pub audiences: Vec<String>,
    /// The faults that are switched on.
    pub faults: BTreeSet<Fault>,
}

impl Default for ResourceConfig {
    fn default() -> Self {
        Self {
            port: 0,
            issuer: String::new(),
            check: TokenCheck::Jwt,
            operations: vec![
                Operation::all("read", &["read"]),
                Operation::all("write", &["write"]),
                Operation::all("export", &["read", "write"]),
                Operation::any("files", &["files:read", "admin"]),
                Operation::all("admin", &["admin"]),
            ],
            scopes_supported: None,
            initial_scope: Vec::new(),
            audiences: Vec::new(),
            faults: BTreeSet::new(),
        }
    }
}
