//! Systems under test: which there are, how they are configured, and how one is installed, started and stopped.
//!
//! A target is a folder `targets/NAME/` with a `target.toml`, or tables under `[target.NAME]` in `scopecheck.toml`
//! (`design.md` 5.3). This module owns the reading of both and the life of the processes that a target starts. It sends nothing
//! to the subject but the request that tells whether it is ready.

mod client_table;
mod config;
mod dead;
mod duration;
mod embedded;
mod error;
mod file;
mod install;
mod interrupt;
mod kind;
mod library_table;
mod load;
mod mistake;
mod name;
mod placeholder;
mod process;
mod raw;
mod ready;
mod resolve;
mod runner;
mod runner_error;
mod secret;
mod starter;
mod table;
mod tail;
mod toml_file;
mod watchdog;

pub use client_table::{Browser, ClientCommands, ClientTable};
pub use config::{Config, Limits};
pub use duration::{DurationError, parse_duration};
pub use error::TargetError;
pub(crate) use install::install;
pub use interrupt::{Interrupt, Interrupts, interrupted};
pub use kind::Kind;
pub use library_table::LibraryTable;
pub use load::{Places, load_client, load_library, load_server};
pub(crate) use mistake::Mistake;
pub use name::{TargetRef, TargetRefError};
pub(crate) use placeholder::fill;
use process::LOG;
pub use runner::{RunningTarget, Setting};
pub use runner_error::RunnerError;
pub use secret::{Secret, SecretError, SecretSource};
pub use starter::TargetStarter;
pub use table::{Client, ClientAuth, ClientMode, Login, LoginMode, Scopes, ServerTable, Start, UnknownScope};
pub(crate) use tail::Tail;
pub(crate) use toml_file::read_toml;
pub(crate) use watchdog::Watchdog;

#[cfg(test)]
mod tests;
