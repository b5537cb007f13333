//! The commands that look at the catalogue or at results, and drive nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use scopecheck_reports::Destination;

use super::help;
use crate::filter::Filter;

/// `scopecheck list`.
#[derive(Clone, Debug, Args)]
pub struct ListArgs {
    /// Only the cases that match, such as `refresh` or `impact(escalation)`.
    #[arg(value_name = "FILTER")]
    pub filter: Option<Filter>,
    /// How to print them.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
}

/// `scopecheck list --format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table for people.
    #[default]
    Table,
    /// A JSON array with everything that is known about each case.
    Json,
    /// One id a line.
    Ids,
}

/// `scopecheck explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// A case, `case#check`, a requirement, a fault or a contract.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// `scopecheck coverage`.
#[derive(Clone, Debug, Args)]
pub struct CoverageArgs {
    /// How to print it.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
}

/// `scopecheck report`.
#[derive(Clone, Debug, Args)]
pub struct ReportArgs {
    /// The event log or the `results.json` of a run.
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// Write a report instead of printing one, such as `junit=junit.xml` (repeatable).
    #[arg(long = "report", value_name = "FORMAT=PATH", value_delimiter = ',')]
    pub reports: Vec<Destination>,
}

/// `scopecheck case`.
#[derive(Clone, Debug, Args)]
pub struct CaseArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: CaseCommand,
}

/// What `scopecheck case` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum CaseCommand {
    /// Write a new case file that lints green and waits for your edits.
    #[command(long_about = help::CASE_NEW)]
    New(NewCaseArgs),
    /// Check every file under `scenarios/`, and show all mistakes.
    #[command(long_about = help::CASE_LINT)]
    Lint(LintArgs),
    /// Lay out scenario files alike: the order of keys, blank lines, arrays.
    #[command(long_about = help::CASE_FMT)]
    Fmt(FmtArgs),
}

/// `scopecheck case new`.
#[derive(Clone, Debug, Args)]
pub struct NewCaseArgs {
    /// `area/topic/slug`, such as `server/refresh/keeps-its-scope`.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The folder of scenarios [default: the nearest `scenarios`].
    #[arg(long, value_name = "DIR")]
    pub scenarios: Option<PathBuf>,
}

/// `scopecheck case lint`.
#[derive(Clone, Debug, Args)]
pub struct LintArgs {
    /// The folder of scenarios [default: the nearest `scenarios`, else those in this program].
    #[arg(value_name = "DIR")]
    pub scenarios: Option<PathBuf>,
}

/// `scopecheck case fmt`.
#[derive(Clone, Debug, Args)]
pub struct FmtArgs {
    /// Files, or folders with all TOML files below them [default: the nearest `scenarios`].
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Change nothing; exit 1 if a file is not laid out.
    #[arg(long)]
    pub check: bool,
}
