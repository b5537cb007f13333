//! Running the program, and showing what it said.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The program with these arguments: in this folder, without colour and without what the environment of the tests would configure.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scopecheck"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPECHECK_")) {
        command.env_remove(name);
    }
    command
}

/// What the program said, and how it ended.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    /// The exit code and both streams, with the folder of the test replaced.
    pub(crate) fn shown(&self, folder: &Path) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        let text = format!("exit {code}\n--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr);
        text.replace(&folder.display().to_string(), "FOLDER")
    }
}

/// Runs the program to its end in this folder.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Said {
    let output = command(folder, arguments).output().unwrap();
    Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program to its end in an empty folder, so that nothing but the embedded data is near.
pub(crate) fn run(arguments: &[&str]) -> Said {
    run_in(tempfile::tempdir().unwrap().path(), arguments)
}

/// The same, as text for a snapshot.
pub(crate) fn shown(arguments: &[&str]) -> String {
    run(arguments).shown(Path::new("/nowhere"))
}

/// The scenarios of this checkout.
pub(crate) fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("scenarios")
}
