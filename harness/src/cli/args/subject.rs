//! The commands that drive a subject, and `plan`.

use std::num::NonZeroU32;

use clap::{Args, Subcommand};

use super::{RunArgs, help};
use crate::target::Browser;

/// `scopecheck server`.
#[derive(Clone, Debug, Args)]
pub struct ServerArgs {
    /// The issuer, such as `https://as.example.com`; its metadata tells the rest.
    #[arg(value_name = "ISSUER")]
    pub issuer: Option<String>,
    /// How to run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `scopecheck client`.
#[derive(Clone, Debug, Args)]
pub struct ClientArgs {
    /// A plain MCP client and its arguments; without it, the embedded reference client is tested.
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<String>,
    /// Keep the script of this case up for a client that you start by hand, and give the verdict on Enter or Ctrl-C.
    #[arg(long, value_name = "CASE", conflicts_with = "filter", help_heading = "Selection")]
    pub serve: Option<String>,
    /// Who opens the authorization URL: the client itself fetches it (`none`), it starts a browser, for which a program of ours stands in
    /// (`command`), or it prints it (`print`) [default: what the target says, else none].
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "HOW",
        env = "SCOPECHECK_BROWSER",
        hide_env = true,
        help_heading = "Execution"
    )]
    pub browser: Option<Browser>,
    /// The revision of MCP that the client is told, and by which it is judged [default: what the target says, else 2025-11-25].
    #[arg(
        long,
        value_name = "REVISION",
        env = "SCOPECHECK_PROTOCOL",
        hide_env = true,
        help_heading = "Execution"
    )]
    pub protocol: Option<String>,
    /// How to run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `scopecheck resource`.
#[derive(Clone, Debug, Args)]
pub struct ResourceArgs {
    /// The address of the resource server; without it, the embedded reference resource server is tested.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
    /// How to run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `scopecheck library`.
#[derive(Clone, Debug, Args)]
pub struct LibraryArgs {
    /// The adapter of the library, and its arguments; without it, the embedded reference library is tested.
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<String>,
    /// How many inputs are generated for each law [default: 256 for an adapter, 1000 for the reference].
    #[arg(long, value_name = "N", env = "SCOPECHECK_CASES", hide_env = true, help_heading = "Execution")]
    pub cases: Option<NonZeroU32>,
    /// How to run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `scopecheck plan`.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct PlanArgs {
    /// The run to show; without it, the one against the embedded reference implementation.
    #[command(subcommand)]
    pub subject: Option<PlanSubject>,
    /// How that would be run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// The run that `plan` shows.
#[derive(Clone, Debug, Subcommand)]
pub enum PlanSubject {
    /// Show a run against an authorization server.
    #[command(long_about = help::SERVER)]
    Server(Box<ServerArgs>),
}
