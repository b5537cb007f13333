//! From the words that were typed to the exit code.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use clap::Parser as _;

use super::{
    CliError, Shell,
    args::{Cli, Command},
    commands,
    error::BUG,
    panic,
};

/// Reads the command line, does what it says, and gives the exit code of `design.md` section 3.
pub fn main() -> ExitCode {
    panic::install_hook();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to tell if this cannot be printed.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(BUG));
        }
    };
    let shell = Shell::new(&cli.global);
    // Whatever was left half-done by a panic is not looked at again, but for the flag that output was lost.
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(&cli, &shell)));
    let code = match outcome {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            shell.complain(&error);
            error.code()
        }
        // The hook has said it.
        Err(_) => BUG,
    };
    let code = shell.close(code);
    ExitCode::from(if panic::happened() { BUG } else { code })
}

fn dispatch(cli: &Cli, shell: &Shell) -> Result<u8, CliError> {
    let global = &cli.global;
    match &cli.command {
        None => commands::embedded::run(&cli.run, &commands::embedded::SUBJECTS, global, shell),
        Some(Command::Client(args)) => commands::client::run(args, global, shell),
        Some(Command::Server(args)) => commands::server::run(args, global, shell),
        Some(Command::Resource(args)) => commands::resource::run(args, global, shell),
        Some(Command::Library(args)) => commands::library::run(args, global, shell),
        Some(Command::List(args)) => commands::list::run(args, global, shell),
        Some(Command::Explain(args)) => commands::explain::run(args, global, shell),
        Some(Command::Plan(args)) => commands::plan::run(args, global, shell),
        Some(Command::Coverage(args)) => commands::coverage::run(args, global, shell),
        Some(Command::Report(args)) => commands::report::run(args, global, shell),
        Some(Command::Replay(args)) => commands::replay::run(args, global, shell),
        Some(Command::Serve(args)) => commands::serve::run(args, global, shell),
        Some(Command::Selftest(args)) => commands::selftest::run(args, global, shell),
        Some(Command::Reference(args)) => commands::reference::run(args, global, shell),
        Some(Command::Adapter(args)) => commands::adapter::run(args, global, shell),
        Some(Command::Case(args)) => commands::case::run(args, global, shell),
    }
}
