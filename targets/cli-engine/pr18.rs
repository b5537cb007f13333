//! The same small CLI on cli-engine 0.2.1, which is the pull request that brought scope step-up.

extern crate cli_engine_pr18 as engine;

mod driver;
mod terminal;

fn main() -> std::process::ExitCode {
    // This release asks the keychain first, whatever is configured; `driver` sees to it that there is none.
    driver::run(|provider| provider.with_file_fallback(true).with_redirect_port(free_port()))
}

/// A port that nobody uses: this release wants to be told one, and cases run side by side. Each process begins to look at a place of its own, below
/// the ports that the machine gives out by itself.
fn free_port() -> u16 {
    let first = u16::try_from(std::process::id() % 20_000).unwrap_or_default();
    let mut ports = (0..20_000).map(|step| 10_000 + (first + step) % 20_000);
    ports.find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap_or(7443)
}
