//! What is known of a resource server before it is contacted.

use std::collections::BTreeMap;

/// What is known of a resource server before it is contacted.
#[derive(Debug, Clone, Default)]
pub struct ResourceSetup {
    /// The table of the target.
    pub table: String,
    /// The address: the resource indicator for which tokens are made. Paths of operations go behind it; tools are called at it.
    pub url: String,
    /// The address was chosen by us and says nothing: it is written as `$RESOURCE`.
    pub address_is_ours: bool,
    /// The profiles that are selected.
    pub profiles: Vec<String>,
    /// The operations, in the order of the table.
    pub operations: Vec<Operation>,
    /// Capabilities that nothing else shows.
    pub capabilities: BTreeMap<String, bool>,
    /// Pinned behaviours, by check id.
    pub pin: BTreeMap<String, String>,
}

/// An operation of a resource server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// How it is called.
    pub kind: OperationKind,
    /// The scopes that it demands.
    pub requires: Vec<String>,
    /// Whether it demands all of them; else one is enough.
    pub all: bool,
}

/// How an operation is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationKind {
    /// By plain HTTP.
    Http {
        /// The method.
        method: &'static str,
        /// The path, behind the address.
        path: String,
    },
    /// As a tool of an MCP server.
    Tool {
        /// The name of the tool.
        name: String,
    },
}

impl Operation {
    /// What a token must hold to be let in, space-separated: everything, or the first of several that will do.
    pub fn demanded(&self) -> String {
        let count = if self.all { self.requires.len() } else { 1 };
        self.requires.iter().take(count).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

impl ResourceSetup {
    /// What the resource server can do, by the words of the vocabulary.
    pub(super) fn known_capabilities(&self) -> BTreeMap<&'static str, bool> {
        let first = self.operations.first();
        let two = first.is_some_and(|operation| operation.all && operation.requires.len() > 1);
        let mut known = BTreeMap::from([("operation.two-scopes", two)]);
        for (name, value) in &mut known {
            if let Some(told) = self.capabilities.get(*name) {
                *value = *told;
            }
        }
        known
    }
}
