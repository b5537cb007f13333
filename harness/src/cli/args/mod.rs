//! What can be typed, and what `--help` says about it.
//!
//! This module only reads the command line. What the words mean together with the configuration is decided by the commands.

mod adapter;
mod command;
mod embedded;
mod help;
mod reference;
mod reference_adapter;
mod reference_client;
mod replay;
mod run;
mod small;
mod subject;
mod values;

pub use adapter::{AdapterArgs, AdapterVerb, CheckAdapterArgs, NewAdapterArgs};
pub use command::{Cli, Command};
pub use embedded::{SelftestArgs, ServeArgs};
pub use reference::{ReferenceArgs, ReferenceBrowserArgs, ReferenceCommand};
pub use reference_adapter::ReferenceAdapterArgs;
pub use reference_client::{
    ReferenceCallArgs, ReferenceClientArgs, ReferenceClientCommand, ReferenceClientFlags, ReferenceLoginArgs,
    ReferenceStatusArgs,
};
pub use replay::ReplayArgs;
pub use run::{GlobalArgs, RunArgs};
pub use small::{
    CaseArgs, CaseCommand, CoverageArgs, ExplainArgs, FmtArgs, LintArgs, ListArgs, ListFormat, NewCaseArgs,
    ReportArgs,
};
pub use subject::{ClientArgs, LibraryArgs, PlanArgs, PlanSubject, ResourceArgs, ServerArgs};
pub use values::{ColorChoice, Deny, Expect};

#[cfg(test)]
mod tests;
