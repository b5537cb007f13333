//! What the tests of clients share.

use std::{path::PathBuf, process::Command};

use scopecheck::client::{ClientSetup, reference_client};
use scopecheck_reference::faults::{self, Fault};
use tempfile::TempDir;

/// The program under test.
pub(crate) fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_scopecheck").into()
}

/// The reference client, with this fault.
pub(crate) fn reference(fault: Option<Fault>) -> ClientSetup {
    reference_client(&program(), fault).unwrap()
}

/// The fault of that name.
pub(crate) fn fault(name: &str) -> Fault {
    faults::find(name).unwrap().fault
}

/// What a run of the program ended with.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// Where it ran; the event log lies in `scopecheck-out`.
    pub(crate) folder: TempDir,
}

impl Ran {
    /// The event log.
    pub(crate) fn events(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("scopecheck-out/events.ndjson")).unwrap()
    }
}

/// Runs the program in an empty folder that holds this configuration.
pub(crate) fn run(config: &str, arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    if !config.is_empty() {
        std::fs::write(folder.path().join("scopecheck.toml"), config).unwrap();
    }
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder.path()).env("NO_COLOR", "1");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPECHECK_"))
    {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        folder,
    }
}

/// A configuration with a client `it` that is this shell script for every command.
pub(crate) fn shell(script: &str) -> String {
    let command = format!("[\"/bin/sh\", \"-c\", '{script}', \"sh\", \"{{url}}\"]");
    format!("[target.it.client.default]\ncommands.call = {command}\ncommands.login = {command}\n")
}
