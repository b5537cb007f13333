//! The command line: what can be typed, and the commands behind it.

pub mod args;
mod commands;
mod count;
mod entry;
mod error;
mod panic;
mod runner;
mod sheet;
mod shell;

pub use entry::main;
pub(crate) use error::CliError;
pub(crate) use runner::{Section, instances};
pub(crate) use sheet::Sheet;
pub(crate) use shell::Shell;
