//! The commands that drive a subject, and `plan`.

use clap::{Args, Subcommand};

use super::{RunArgs, help};

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
