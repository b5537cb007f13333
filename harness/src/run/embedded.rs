//! The embedded subject: the reference authorization server, in this process, on a loopback port of the system's choice.

use scopecheck_reference::{
    faults::{Fault, FaultProfile},
    server::{Profile, RunningServer, ServerConfig, StartError, start},
};
use thiserror::Error;

/// Why the embedded server did not start.
#[derive(Debug, Error)]
#[error("the embedded reference server did not start: {0}")]
pub struct EmbeddedError(#[from] StartError);

/// Starts the reference server as a table of the target `reference` describes it, with these faults.
pub async fn start_embedded(table: &str, faults: &[Fault]) -> Result<RunningServer, EmbeddedError> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let config = match table {
        "toolhive" | "baseline-off" => ServerConfig {
            profile: Profile::Toolhive,
            scopes_supported: Some(words("openid offline_access")),
            baseline: if table == "toolhive" { words("offline_access") } else { Vec::new() },
            upstream: true,
            ..ServerConfig::default()
        },
        _ => ServerConfig::default(),
    };
    Ok(start(ServerConfig { faults: faults.iter().copied().collect(), ..config }).await?)
}

/// The table of the target `reference` that shows faults of this profile.
pub fn table_of(profile: FaultProfile) -> Option<&'static str> {
    match profile {
        FaultProfile::Standard => Some("default"),
        FaultProfile::Toolhive => Some("toolhive"),
        _ => None,
    }
}
