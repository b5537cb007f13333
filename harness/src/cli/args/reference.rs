//! The reference implementation as processes of its own.

use clap::{Args, Subcommand};

use super::{ReferenceAdapterArgs, ReferenceClientArgs, help};

/// `scopecheck reference`.
#[derive(Clone, Debug, Args)]
pub struct ReferenceArgs {
    /// Which part to run.
    #[command(subcommand)]
    pub command: ReferenceCommand,
}

/// The parts that run as processes of their own.
#[derive(Clone, Debug, Subcommand)]
pub enum ReferenceCommand {
    /// The reference client: log in, call, step up, show what is held.
    #[command(long_about = help::REFERENCE_CLIENT)]
    Client(Box<ReferenceClientArgs>),
    /// The reference library behind the adapter protocol, on standard input and output.
    #[command(long_about = help::REFERENCE_ADAPTER)]
    Adapter(ReferenceAdapterArgs),
}
