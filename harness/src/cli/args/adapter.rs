//! The commands about adapters.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};

use super::help;
use crate::{starters::Language, target::parse_duration};

/// `scopecheck adapter`.
#[derive(Clone, Debug, Args)]
pub struct AdapterArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: AdapterVerb,
}

/// What `scopecheck adapter` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum AdapterVerb {
    /// Write a starting point for an adapter that passes as it is and waits for your library.
    #[command(long_about = help::ADAPTER_NEW)]
    New(NewAdapterArgs),
    /// Talk to an adapter, and explain what is wrong with it.
    #[command(long_about = help::ADAPTER_CHECK)]
    Check(CheckAdapterArgs),
}

/// `scopecheck adapter new`.
#[derive(Clone, Debug, Args)]
pub struct NewAdapterArgs {
    /// The language of the library.
    #[arg(value_enum, value_name = "LANG")]
    pub language: Language,
    /// The folder to write to; it is made if it is not there.
    #[arg(long, value_name = "DIR", default_value = "scope-adapter")]
    pub out: PathBuf,
}

/// `scopecheck adapter check`.
#[derive(Clone, Debug, Args)]
pub struct CheckAdapterArgs {
    /// The adapter and its arguments.
    #[arg(last = true, required = true, value_name = "CMD")]
    pub command: Vec<String>,
    /// How long one call may take, such as `500ms`.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "2s", env = "SCOPECHECK_TIMEOUT", hide_env = true)]
    pub timeout: Duration,
    /// How long the answer to `hello` may take, start-up included.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "10s")]
    pub hello_timeout: Duration,
}
