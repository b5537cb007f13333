//! The embedded subject: the reference authorization server, in this process, on a loopback port of the system's choice.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use indexmap::IndexMap;
use scopecheck_reference::{
    faults::{Fault, FaultProfile},
    server::{Captured, Log, Profile, Record, RunningServer, ServerConfig, StartError, start},
};
use thiserror::Error;

use crate::{
    judge::Missed,
    subject::{Launch, Launched, Starter},
};

/// How the embedded server is shown.
const COMMAND: &str = "the embedded reference server";

/// Why the embedded server did not start.
#[derive(Debug, Error)]
#[error("the embedded reference server did not start: {0}")]
pub struct EmbeddedError(#[from] StartError);

/// Starts the reference server as a table of the target `reference` describes it, with these faults.
pub async fn start_embedded(table: &str, faults: &[Fault]) -> Result<RunningServer, EmbeddedError> {
    Ok(start(config(table, faults)).await?)
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn config(table: &str, faults: &[Fault]) -> ServerConfig {
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
    ServerConfig { faults: faults.iter().copied().collect(), ..config }
}

/// Starts the reference server anew, with settings that a case chooses.
#[derive(Debug)]
pub struct EmbeddedStarter {
    table: String,
    faults: Vec<Fault>,
}

impl EmbeddedStarter {
    /// The starter of a table; `None` for one that has no settings.
    pub fn of(table: &str, faults: &[Fault]) -> Option<Arc<dyn Starter>> {
        let has_settings = matches!(table, "toolhive" | "baseline-off");
        has_settings.then(|| {
            let starter: Arc<dyn Starter> =
                Arc::new(Self { table: table.to_owned(), faults: faults.to_vec() });
            starter
        })
    }
}

impl Starter for EmbeddedStarter {
    fn start<'a>(&'a self, settings: &'a IndexMap<String, String>) -> BoxFuture<'a, Result<Launch, Missed>> {
        Box::pin(async move {
            let log = Arc::new(Captured::default());
            let mut config = config(&self.table, &self.faults);
            config.log = Some(Arc::clone(&log) as Arc<dyn Log>);
            if let Some(supported) = settings.get("supported") {
                config.scopes_supported = Some(words(supported));
            }
            if let Some(baseline) = settings.get("baseline") {
                config.baseline = words(baseline);
            }
            match start(config).await {
                Ok(server) => Ok(Launch::Up(Box::new(Up { server, log }))),
                Err(error @ (StartError::Key(_) | StartError::Bind { .. })) => {
                    Err(Missed::blocked(error.to_string()))
                }
                Err(error) => Ok(Launch::Refused {
                    command: COMMAND.to_owned(),
                    status: "it was refused".to_owned(),
                    words: format!("error: {error}"),
                }),
            }
        })
    }
}

struct Up {
    server: RunningServer,
    log: Arc<Captured>,
}

impl Launched for Up {
    fn command(&self) -> &str {
        COMMAND
    }

    fn issuer(&self) -> &str {
        self.server.issuer()
    }

    fn log(&self) -> BoxFuture<'_, Result<String, Missed>> {
        let lines: Vec<String> = self.log.records().iter().map(Record::line).collect();
        Box::pin(std::future::ready(Ok(lines.join("\n"))))
    }

    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(self.server.shutdown())
    }
}

/// The table of the target `reference` that shows faults of this profile.
pub fn table_of(profile: FaultProfile) -> Option<&'static str> {
    match profile {
        FaultProfile::Standard => Some("default"),
        FaultProfile::Toolhive => Some("toolhive"),
        _ => None,
    }
}
