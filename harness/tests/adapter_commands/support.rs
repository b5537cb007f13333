//! Running the program, and the tools of other languages.

use std::{
    env,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the program said, and how it ended.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    /// The exit code and what was said, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        format!("exit {code}\n--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr)
    }
}

/// Runs a command to its end, in this folder and without what the environment of the tests would configure.
pub(crate) fn finish(mut command: Command, folder: &Path) -> Said {
    command.current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPECHECK_")) {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program in this folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scopecheck"));
    command.args(arguments);
    finish(command, folder)
}

/// The folder of the adapters that misbehave.
pub(crate) fn adapters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adapters")
}

/// Whether a tool is there. Where it is not, the test that needs it says so where it is seen, and ends; where `REQUIRE_TOOLS` is set, as in
/// CI, it fails.
pub(crate) fn is_there(tool: &str) -> bool {
    let version = if tool == "go" { "version" } else { "--version" };
    let mut command = Command::new(tool);
    let there =
        command.arg(version).stdin(Stdio::null()).output().is_ok_and(|output| output.status.success());
    assert!(there || env::var_os("REQUIRE_TOOLS").is_none(), "`{tool}` is required here, and is not there");
    if !there {
        // Not by a macro: those are captured, and nobody would see it.
        let _ = writeln!(io::stderr(), "skipped: this test needs `{tool}`, which is not there");
    }
    there
}
