//! Starting a target anew, with settings that a case chooses.

use std::time::Duration;

use futures_util::future::BoxFuture;
use indexmap::IndexMap;

use super::{LOG, RunnerError, RunningTarget, ServerTable, Setting};
use crate::{
    judge::Missed,
    subject::{Launch, Launched, Starter},
};

/// How long a target has to be silent before its log is read, how often it is looked at, and how long at most.
const SILENT: Duration = Duration::from_millis(150);
const GLANCE: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(3);

/// Starts a target whose table has settings.
#[derive(Debug)]
pub struct TargetStarter {
    table: ServerTable,
    setting: Setting,
}

impl TargetStarter {
    /// The starter of a table; `None` where it starts nothing, nothing can be set, or a fixed port lets only one server stand.
    pub fn of(table: &ServerTable, setting: &Setting) -> Option<Self> {
        let any_port = table.issuer.as_ref().is_some_and(|issuer| issuer.contains("{port}"));
        let can = table.start.is_some() && !table.settings.is_empty() && any_port;
        can.then(|| Self { table: table.clone(), setting: setting.clone() })
    }
}

impl Starter for TargetStarter {
    fn start<'a>(&'a self, settings: &'a IndexMap<String, String>) -> BoxFuture<'a, Result<Launch, Missed>> {
        Box::pin(async move {
            if let Some(unknown) = settings.keys().find(|name| !self.table.settings.contains_key(*name)) {
                return Err(Missed::not_applicable(format!("the table has no setting `{unknown}`")));
            }
            let mut table = self.table.clone();
            table.settings.extend(settings.clone());
            let start = table.start.as_ref();
            let command = start.map(|start| start.command.join(" ")).unwrap_or_default();
            match RunningTarget::start(&table, &self.setting).await {
                Ok(running) => Ok(Launch::Up(Box::new(Up { command, running }))),
                Err(RunnerError::Died { status, lines, .. }) => {
                    Ok(Launch::Refused { command, status, words: lines.join("\n") })
                }
                // What the target printed may hold secrets, and is for nobody but who started it.
                Err(error) => Err(Missed::blocked(first_line(&error))),
            }
        })
    }
}

fn first_line(error: &RunnerError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

struct Up {
    command: String,
    running: RunningTarget,
}

impl Launched for Up {
    fn command(&self) -> &str {
        &self.command
    }

    fn issuer(&self) -> &str {
        self.running.issuer()
    }

    fn log(&self) -> BoxFuture<'_, Result<String, Missed>> {
        Box::pin(async move {
            let (mut log, mut silent, mut waited) = (self.running.log(), Duration::ZERO, Duration::ZERO);
            while silent < SILENT && waited < PATIENCE {
                tokio::time::sleep(GLANCE).await;
                let now = self.running.log();
                silent = if now.len() == log.len() { silent + GLANCE } else { Duration::ZERO };
                waited += GLANCE;
                log = now;
            }
            if log.len() >= LOG {
                return Err(Missed::blocked(format!(
                    "the log is longer than the {} MiB that are kept; let the launcher log less",
                    LOG >> 20
                )));
            }
            Ok(log)
        })
    }

    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(self.running.stop())
    }
}
