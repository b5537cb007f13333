//! The embedded resource server: the reference implementation, told to trust an issuer of our own.

use std::collections::BTreeMap;

use scopecheck_reference::{
    faults::Fault,
    resource::{self, ResourceConfig, RunningResource},
};

use super::{Issuer, Operation, OperationKind, ResourceError, ResourceSetup, ResourceWorld};
use crate::wire::Wire;

/// The tables of the embedded resource server: its operations over plain HTTP, and the same as tools of an MCP server.
pub const TABLES: [&str; 2] = ["default", "mcp"];

/// A running embedded resource server, and the world around it.
#[derive(Debug)]
pub struct EmbeddedResource {
    /// The prepared subject.
    pub world: ResourceWorld,
    running: RunningResource,
}

impl EmbeddedResource {
    /// Stops it.
    pub async fn shutdown(self) {
        self.running.shutdown().await;
    }
}

/// Starts the embedded resource server as a table describes it.
pub async fn start_resource(
    table: &str,
    faults: &[Fault],
    wire: Wire,
    seed: u64,
) -> Result<EmbeddedResource, ResourceError> {
    let issuer = Issuer::start(seed).await?;
    let config = ResourceConfig {
        issuer: issuer.url().to_owned(),
        operations: vec![
            resource::Operation::all("both", &["files:read", "files:write"]),
            resource::Operation::all("read", &["files:read"]),
            resource::Operation::any("either", &["files:write", "admin"]),
        ],
        initial_scope: vec!["files:read".to_owned()],
        faults: faults.iter().copied().collect(),
        ..ResourceConfig::default()
    };
    let operations = config.operations.iter().map(|operation| described(table, operation)).collect();
    let running = resource::start(config).await?;
    let (url, profiles): (String, &[&str]) = match table {
        "mcp" => (running.mcp_url(), &["oauth2", "mcp"]),
        // It reads the claims of every vendor.
        _ => (running.url().to_owned(), &["oauth2", "jwt-at", "okta", "entra"]),
    };
    let setup = ResourceSetup {
        table: table.to_owned(),
        url,
        address_is_ours: true,
        profiles: profiles.iter().map(ToString::to_string).collect(),
        operations,
        capabilities: BTreeMap::new(),
        pin: BTreeMap::new(),
    };
    Ok(EmbeddedResource { world: ResourceWorld::new(setup, wire, issuer, seed), running })
}

/// An operation as a target table would describe it.
fn described(table: &str, operation: &resource::Operation) -> Operation {
    let name = operation.name.clone();
    let kind = match table {
        "mcp" => OperationKind::Tool { name },
        _ => OperationKind::Http { method: "GET", path: format!("/{name}") },
    };
    let all = operation.matching == resource::Match::All;
    Operation { kind, requires: operation.requires.clone(), all }
}
