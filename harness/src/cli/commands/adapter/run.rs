//! Which of the two is meant.

use super::{check::check, new::new};
use crate::cli::{
    CliError, Shell,
    args::{AdapterArgs, AdapterVerb, GlobalArgs},
};

/// Writes a starting point or checks an adapter.
pub(crate) fn run(args: &AdapterArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    match &args.command {
        AdapterVerb::New(args) => new(args, shell),
        AdapterVerb::Check(args) => check(args, shell),
    }
}
