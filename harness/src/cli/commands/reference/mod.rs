//! `scopecheck reference`: the reference implementation as processes of its own.

mod adapter;
mod browser;
mod client;
mod faults;

use crate::cli::{
    CliError, Shell,
    args::{GlobalArgs, ReferenceArgs, ReferenceCommand},
};

/// Runs the command.
pub(crate) fn run(args: &ReferenceArgs, global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    match &args.command {
        ReferenceCommand::Client(client) => client::run(client, global, shell),
        ReferenceCommand::Adapter(adapter) => adapter::run(adapter, global, shell),
        ReferenceCommand::Browser(browser) => browser::run(browser),
    }
}
