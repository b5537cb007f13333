//! Which of the two is meant.

use super::{fmt::fmt, lint::lint, new::new};
use crate::cli::{
    CliError, Shell,
    args::{CaseArgs, CaseCommand, GlobalArgs},
};

/// Writes a case or lints them all.
pub(crate) fn run(args: &CaseArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    match &args.command {
        CaseCommand::New(args) => new(args, shell),
        CaseCommand::Lint(args) => lint(args, shell),
        CaseCommand::Fmt(args) => fmt(args, shell),
    }
}
