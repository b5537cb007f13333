//! What all endpoints share.

use super::config::{Operation, ResourceConfig};
use super::issuer::Issuer;
use crate::faults::Fault;

/// Where the resource server speaks MCP.
pub(super) const MCP_PATH: &str = "/mcp";
/// The well-known path of RFC 9728 section 3; the path of the resource goes after it.
pub(super) const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// What all endpoints share.
#[derive(Debug)]
pub(super) struct App {
    /// The address, without a slash at its end.
    pub(super) url: String,
    /// The issuer whose tokens are good.
    pub(super) issuer: Issuer,
    /// The configuration, which nobody can change any more.
    pub(super) config: ResourceConfig,
}

impl App {
    /// Puts an application together.
    pub(super) fn new(config: ResourceConfig, url: String) -> Result<Self, reqwest::Error> {
        Ok(Self { url, issuer: Issuer::new(&config.issuer)?, config })
    }

    /// Whether a fault is switched on.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.config.faults.contains(&fault)
    }

    /// The operation of that name.
    pub(super) fn operation(&self, name: &str) -> Option<&Operation> {
        self.config.operations.iter().find(|operation| operation.name == name)
    }

    /// The address of the MCP endpoint.
    pub(super) fn mcp_url(&self) -> String {
        format!("{}{MCP_PATH}", self.url)
    }

    /// Where the metadata of the resource at `path` stand: the well-known path is put between host and path.
    pub(super) fn metadata_url(&self, path: &str) -> String {
        format!("{}{WELL_KNOWN}{path}", self.url)
    }

    /// Whether a token for this audience is meant for this server: for its address (with or without the slash that
    /// some clients add), for its MCP endpoint, or for what was configured.
    pub(super) fn is_audience(&self, audience: &str) -> bool {
        let own = audience.strip_suffix('/').unwrap_or(audience);
        own == self.url
            || audience == self.mcp_url()
            || self.config.audiences.iter().any(|known| known == audience)
    }
}
