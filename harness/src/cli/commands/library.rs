//! `scopecheck library`: a library under test.

use scopecheck_scenarios::model::Subject;

use crate::cli::{
    CliError, Shell,
    args::{GlobalArgs, LibraryArgs},
};

/// What can be done instead.
const INSTEAD: &str = "`scopecheck library` alone tests the embedded reference library, `scopecheck reference adapter` shows how an adapter answers";

/// Runs the command.
pub(crate) fn run(args: &LibraryArgs, global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let asked = match (args.command.first(), &args.run.target) {
        (Some(program), _) => format!("an adapter, such as `{program}`"),
        (None, Some(target)) => format!("a library of a target, such as `{}`", target.name),
        (None, None) => return super::embedded::run(&args.run, &[Subject::Library], global, shell),
    };
    Err(CliError::usage(format!("this version does not drive {asked}")).help(INSTEAD))
}
