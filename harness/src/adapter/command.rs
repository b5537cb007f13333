//! How an adapter is started, and what it is given time for.

use std::{path::PathBuf, time::Duration};

use indexmap::IndexMap;

/// How an adapter is started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdapterCommand {
    /// The program and its arguments.
    pub command: Vec<String>,
    /// The folder in which it runs; ours where there is none.
    pub folder: Option<PathBuf>,
    /// What is added to our own environment.
    pub env: IndexMap<String, String>,
}

impl AdapterCommand {
    /// A command that runs in the current folder.
    pub fn new<W: Into<String>>(command: impl IntoIterator<Item = W>) -> Self {
        Self { command: command.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// The command as it is typed, near enough to recognise it.
    pub fn shown(&self) -> String {
        self.command.join(" ")
    }
}

/// How long an adapter may take (`design.md` section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdapterLimits {
    /// Until the answer to `hello`.
    pub hello: Duration,
    /// For one call, counted from the moment in which it is the next to be answered.
    pub call: Duration,
}

impl Default for AdapterLimits {
    fn default() -> Self {
        Self { hello: Duration::from_secs(10), call: Duration::from_secs(2) }
    }
}
