//! Starting the server under test anew, with settings that a case chooses.

use std::fmt;

use futures_util::future::BoxFuture;
use indexmap::IndexMap;

use crate::judge::Missed;

/// Starts the server under test anew.
pub trait Starter: fmt::Debug + Send + Sync {
    /// Starts it with these settings, words of `SETTINGS`; what they leave out is as the target says. What is neither a start nor a
    /// refusal (no port, no answer in time) is `blocked`.
    fn start<'a>(&'a self, settings: &'a IndexMap<String, String>) -> BoxFuture<'a, Result<Launch, Missed>>;
}

/// What became of a start.
pub enum Launch {
    /// It is up.
    Up(Box<dyn Launched>),
    /// It ended by itself instead.
    Refused {
        /// What was run.
        command: String,
        /// How it ended.
        status: String,
        /// What it said at its end.
        words: String,
    },
}

/// A server that a case has started.
pub trait Launched: Send + Sync {
    /// What was run.
    fn command(&self) -> &str;

    /// The issuer.
    fn issuer(&self) -> &str;

    /// What it has logged so far, when it has been silent for a moment; `blocked` where that is more than is kept.
    fn log(&self) -> BoxFuture<'_, Result<String, Missed>>;

    /// Ends it.
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()>;
}
