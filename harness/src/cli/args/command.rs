//! The commands by name.

use clap::{Parser, Subcommand};

use super::{
    AdapterArgs, CaseArgs, ClientArgs, CoverageArgs, ExplainArgs, GlobalArgs, LibraryArgs, ListArgs,
    PlanArgs, ReferenceArgs, ReplayArgs, ReportArgs, ResourceArgs, RunArgs, SelftestArgs, ServeArgs,
    ServerArgs, help,
};

/// Tests how software handles OAuth scope.
#[derive(Debug, Parser)]
#[command(name = "scopecheck", bin_name = "scopecheck", version, long_about = help::ABOUT, after_long_help = help::AFTER, args_conflicts_with_subcommands = true)]
#[command(after_help = "`scopecheck --help` shows examples, grades and exit codes.", max_term_width = 110)]
pub struct Cli {
    /// What to do; without it, every suite is run against the embedded reference implementation.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to run without a command.
    #[command(flatten)]
    pub run: RunArgs,
    /// What every command takes.
    #[command(flatten)]
    pub global: GlobalArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Test an authorization server.
    #[command(long_about = help::SERVER)]
    Server(Box<ServerArgs>),
    /// Test a resource server.
    #[command(long_about = help::RESOURCE)]
    Resource(Box<ResourceArgs>),
    /// Test a library.
    #[command(long_about = help::LIBRARY)]
    Library(Box<LibraryArgs>),
    /// Test a client.
    #[command(long_about = help::CLIENT)]
    Client(Box<ClientArgs>),
    /// List the cases.
    #[command(long_about = help::LIST)]
    List(ListArgs),
    /// Explain a case, a check, a requirement, a fault or a contract.
    #[command(long_about = help::EXPLAIN)]
    Explain(ExplainArgs),
    /// Show what a run would do, without sending anything to the subject.
    #[command(long_about = help::PLAN)]
    Plan(Box<PlanArgs>),
    /// Show which requirements have checks, and why the others have none.
    #[command(long_about = help::COVERAGE)]
    Coverage(CoverageArgs),
    /// Render the results of an earlier run again; nothing is run.
    #[command(long_about = help::REPORT)]
    Report(ReportArgs),
    /// Put a stored finding once more: still failing, fixed, or could not run.
    #[command(long_about = help::REPLAY)]
    Replay(ReplayArgs),
    /// Start the reference servers, to try a client or the suite on them.
    #[command(long_about = help::SERVE)]
    Serve(ServeArgs),
    /// Prove the suite: switch on each fault of the reference implementation and see which checks turn red.
    #[command(long_about = help::SELFTEST)]
    Selftest(SelftestArgs),
    /// Run a part of the reference implementation as a process of its own.
    #[command(long_about = help::REFERENCE)]
    Reference(ReferenceArgs),
    /// Write an adapter for a library, and explain what is wrong with one.
    #[command(long_about = help::ADAPTER)]
    Adapter(AdapterArgs),
    /// Write and lint case files.
    #[command(long_about = help::CASE)]
    Case(CaseArgs),
}
