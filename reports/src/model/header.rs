//! The first event of a log: what was run, against what, and how to run it again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the event log and of `results.json` that this crate writes.
/// Within a major version, fields are only ever added.
pub const SCHEMA_VERSION: &str = "1.0";

/// What was run, against what, and everything that a second run needs to be the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// The version of this format, `MAJOR.MINOR`.
    pub schema_version: String,
    /// The name of the suite: `scopecheck`.
    pub suite: String,
    /// The version of the suite.
    pub suite_version: String,
    /// The requirement set that was applied, such as `2026.1`.
    pub requirements: String,
    /// The system that was tested.
    pub target: Target,
    /// The seed of everything that was generated.
    pub seed: u64,
    /// A hash over the effective configuration, secrets excluded.
    pub config_hash: String,
    /// The profiles in force, in the order given.
    pub profiles: Vec<String>,
    /// The filter expression, if the run was filtered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Flags that change what a verdict means, such as `insecure` or `deny warn`.
    pub flags: Vec<String>,
    /// When the run started (RFC 3339).
    pub started: String,
}

/// The system that was tested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// Its name, such as `oidc-provider` or `reference`.
    pub name: String,
    /// The table of its `target.toml`, usually `default`.
    pub table: String,
    /// The kind of subject: `library`, `server`, `resource` or `client`.
    pub kind: String,
    /// Its issuer, URL or command.
    pub address: String,
}
