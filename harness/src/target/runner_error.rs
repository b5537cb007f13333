//! Why a target could not be brought to life.

use std::{fmt::Write as _, io, path::PathBuf, time::Duration};

use scopecheck_reports::escape;

/// Why a target could not be brought to life. The subject is not to blame, so the run is incomplete: exit code 3.
#[derive(Debug, thiserror::Error)]
pub enum RunnerError {
    /// The table names no address; this one is the configuration's fault: exit code 2.
    #[error(
        "the table `{table}` has no issuer\nhelp: add `issuer = \"https://...\"`, or `start` and the address that it gives the target"
    )]
    NoIssuer {
        /// The table.
        table: String,
    },
    /// No port is free.
    #[error("no free port on 127.0.0.1: {0}\nhelp: end some programs and run again")]
    NoPort(#[source] io::Error),
    /// Something else listens where the target should.
    #[error(
        "something else listens at {address} already, and it would be tested in place of the target\nhelp: end it, or use `{{port}}` in the issuer and in the command, so that a free port is taken"
    )]
    PortTaken {
        /// Host and port.
        address: String,
    },
    /// The command could not be run at all.
    #[error("cannot run `{command}`: {source}\nhelp: check that the program is installed and in PATH")]
    NotStarted {
        /// The command.
        command: String,
        /// Why.
        source: io::Error,
    },
    /// The command ended before it was ready.
    #[error("the target ended before it was ready: {status}\n  command: {command}{}\nhelp: {}", printed(lines), after_death(*installed))]
    Died {
        /// The command.
        command: String,
        /// How it ended.
        status: String,
        /// The last lines of its output.
        lines: Vec<String>,
        /// Whether the table has a command that installs the target.
        installed: bool,
    },
    /// It runs and does not answer.
    #[error(
        "the target was not ready after {} s: {last}\n  command: {command}\n  waited for: 200 from {url}{}\nhelp: raise `timeout` in `start`, or correct `ready` or the port",
        timeout.as_secs_f32(), printed(lines)
    )]
    NotReady {
        /// The command.
        command: String,
        /// What was asked for.
        url: String,
        /// How long.
        timeout: Duration,
        /// What came of the last attempt.
        last: String,
        /// The last lines of its output.
        lines: Vec<String>,
    },
    /// The installation failed.
    #[error("the installation failed: {status}\n  command: {command}\n  folder: {}{}\nhelp: run the command by hand in that folder", folder.display(), printed(lines))]
    InstallFailed {
        /// The command.
        command: String,
        /// Where it was run.
        folder: PathBuf,
        /// How it ended.
        status: String,
        /// The last lines of its output.
        lines: Vec<String>,
    },
    /// The stamp cannot be read or written.
    #[error("cannot use {}: {source}\nhelp: the folder of a target with `install` has to be writable", path.display())]
    Stamp {
        /// The stamp.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run installs the target and does not come to an end.
    #[error("another run has been installing this target for {} minutes\nhelp: end it; {} is locked", patience.as_secs() / 60, path.display())]
    StampHeld {
        /// The stamp.
        path: PathBuf,
        /// How long we waited.
        patience: Duration,
    },
}

impl RunnerError {
    /// Whether the configuration is to blame (exit code 2) and not the environment (exit code 3).
    pub fn is_configuration(&self) -> bool {
        matches!(self, Self::NoIssuer { .. })
    }
}

/// The last lines of output, escaped: they come from a program that we know nothing about.
fn printed(lines: &[String]) -> String {
    if lines.is_empty() {
        return "\n  it printed nothing".to_owned();
    }
    let mut text = "\n  its last lines:".to_owned();
    for line in lines {
        let _ = write!(text, "\n    {}", escape::line(line));
    }
    text
}

fn after_death(installed: bool) -> &'static str {
    if installed {
        "run the command by hand in the target's folder; if something is not installed, delete `.installed.lock` there to install again"
    } else {
        "run the command by hand in the target's folder"
    }
}
