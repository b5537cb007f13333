//! A small CLI on cli-engine 0.10.4.

extern crate cli_engine as engine;

mod driver;
mod terminal;

fn main() -> std::process::ExitCode {
    // Where credentials go is chosen as a user would: by `<APP>_CREDENTIAL_STORE`.
    driver::run(|provider| provider.with_ephemeral_redirect_port())
}
