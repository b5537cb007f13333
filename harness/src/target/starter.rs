//! Starting a target anew, with settings that a case chooses.

use std::time::Duration;

use indexmap::IndexMap;

use super::{RunnerError, RunningTarget, ServerTable, Setting};
use crate::{
    judge::Missed,
    subject::{Later, Launch, Launched, Starter},
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
    /// The starter of a table; `None` where it starts nothing, or nothing can be set.
    pub fn of(table: &ServerTable, setting: &Setting) -> Option<Self> {
        let can = table.start.is_some() && !table.settings.is_empty();
        can.then(|| Self { table: table.clone(), setting: setting.clone() })
    }
}

impl Starter for TargetStarter {
    fn start<'a>(&'a self, settings: &'a IndexMap<String, String>) -> Later<'a, Result<Launch, Missed>> {
        Box::pin(async move {
            let mut table = self.table.clone();
            table.settings.extend(settings.clone());
            let start = table.start.as_ref();
            let command = start.map(|start| start.command.join(" ")).unwrap_or_default();
            match RunningTarget::start(&table, &self.setting).await {
                Ok(running) => Ok(Launch::Up(Box::new(Up { command, running }))),
                Err(RunnerError::Died { status, lines, .. }) => {
                    Ok(Launch::Refused { command, status, words: lines.join("\n") })
                }
                Err(error) => Err(Missed::blocked(error.to_string())),
            }
        })
    }
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

    fn log(&self) -> Later<'_, String> {
        Box::pin(async move {
            let (mut log, mut silent, mut waited) = (self.running.log(), Duration::ZERO, Duration::ZERO);
            while silent < SILENT && waited < PATIENCE {
                tokio::time::sleep(GLANCE).await;
                let now = self.running.log();
                silent = if now.len() == log.len() { silent + GLANCE } else { Duration::ZERO };
                waited += GLANCE;
                log = now;
            }
            log
        })
    }

    fn stop(self: Box<Self>) -> Later<'static, ()> {
        Box::pin(self.running.stop())
    }
}
