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
    /// What stands in for a browser under `--browser command`: fetch a URL of this machine and follow its redirects.
    #[command(long_about = help::REFERENCE_BROWSER)]
    Browser(ReferenceBrowserArgs),
}

/// `scopecheck reference browser`.
#[derive(Clone, Debug, Args)]
pub struct ReferenceBrowserArgs {
    /// What a browser is started with; the first argument that is a URL is fetched.
    #[arg(value_name = "ARGUMENT", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub arguments: Vec<String>,
}
