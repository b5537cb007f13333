//! The program `scopecheck`. All of it is in the library, where it can be tested; this only starts it.

use std::process::ExitCode;

fn main() -> ExitCode {
    scopecheck::cli::main()
}
