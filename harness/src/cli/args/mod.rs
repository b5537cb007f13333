//! What can be typed, and what `--help` says about it.
//!
//! This module only reads the command line. What the words mean together with the configuration is decided by the commands.

mod command;
mod embedded;
mod help;
mod run;
mod small;
mod subject;
mod values;

pub use command::{Cli, Command};
pub use embedded::{SelftestArgs, ServeArgs};
pub use run::{GlobalArgs, RunArgs};
pub use small::{
    CaseArgs, CaseCommand, CoverageArgs, ExplainArgs, LintArgs, ListArgs, ListFormat, NewCaseArgs, ReportArgs,
};
pub use subject::{PlanArgs, PlanSubject, ServerArgs};
pub use values::{ColorChoice, Deny, Expect};

#[cfg(test)]
mod tests;
