//! The life of the server that `serve` starts.

use std::io;

use scopecheck_reference::server::{self, StartError};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{
    config::{Served, read},
    list,
};
use crate::cli::{
    CliError, Shell,
    args::{GlobalArgs, ServeArgs},
};

/// Starts the reference server and keeps it until Ctrl-C or SIGTERM, which end it with exit code 0; or lists the faults.
pub(crate) fn run(args: &ServeArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    if args.list_faults {
        shell.print(&list::faults());
        return Ok(0);
    }
    let served = read(args, shell.verbose())?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| no_runtime(&error))?
        .block_on(serve(served, shell))
}

async fn serve(served: Served, shell: &Shell) -> Result<u8, CliError> {
    // Before the address is known to anybody: who reads the first line may end the server at once.
    let mut ends = Ends::listen().map_err(|error| no_runtime(&error))?;
    let Served { config, faults, beside, chosen_by } = served;
    let running = server::start(config).await.map_err(|error| refused(&error))?;
    shell.print(&format!("listening {}\n", running.issuer()));
    let resource = beside.start(running.issuer()).await?;
    shell.print(&format!("resource {}\n", resource.url()));
    // With `-v` the log goes where the notes would go, and is read by programs.
    if !shell.quiet() && shell.verbose() == 0 {
        for info in &faults {
            shell.note(&format!("fault {}: {}", info.name, info.sentence));
        }
        if let Some(info) = chosen_by {
            shell.note(&format!(
                "the fault {} shows under the profile {} only, so that is served",
                info.name, info.profile
            ));
        }
        if let Some(origin) = running.upstream_origin() {
            shell.note(&format!("the stub identity provider is at {origin}"));
        }
        shell.note("Ctrl-C ends it");
    }
    ends.wait().await;
    resource.shutdown().await;
    running.shutdown().await;
    Ok(0)
}

/// The signals that end the server.
struct Ends {
    keyboard: Signal,
    terminate: Signal,
}

impl Ends {
    fn listen() -> io::Result<Self> {
        Ok(Self { keyboard: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.keyboard.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

fn no_runtime(error: &io::Error) -> CliError {
    CliError::incomplete(format!("the system refuses what a server needs: {error}"))
        .help("check the limits of processes and open files (`ulimit -a`)")
}

/// The texts of the start say themselves what to do.
fn refused(error: &StartError) -> CliError {
    match error {
        StartError::Key(_) => CliError::bug(error.to_string()),
        _ => CliError::usage(error.to_string()),
    }
}
