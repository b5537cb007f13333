//! Running the program in a folder of its own.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

/// What the program said, how it ended, and the event log that it wrote.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) log: String,
}

/// Runs the program to its end in an empty folder, without what the environment of the tests would configure.
pub(crate) fn run(arguments: &[&str]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_scopecheck"));
    command.args(arguments).current_dir(folder.path()).env("NO_COLOR", "1").stdin(Stdio::null());
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPECHECK_")) {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        log: fs::read_to_string(Path::new(folder.path()).join("scopecheck-out/events.ndjson"))
            .unwrap_or_default(),
    }
}
