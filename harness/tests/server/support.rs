//! Running the program in a folder of its own, and showing what it said without what differs from run to run.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A folder of its own, where the program is run and leaves its artefacts.
pub(crate) struct Room {
    folder: TempDir,
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Room {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file into it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).unwrap();
    }

    /// Reads a file in it.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    /// A file in it as JSON.
    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// The program with these arguments, without colour and without what the environment of the tests would configure.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scopecheck"));
        command.args(arguments).current_dir(self.path()).env("NO_COLOR", "1").stdin(Stdio::null());
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPECHECK_"))
        {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().unwrap();
        Said {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs `server ISSUER` with more arguments.
    pub(crate) fn server(&self, issuer: &str, more: &[&str]) -> Said {
        self.run(&[&["server", issuer], more].concat())
    }

    /// What the program said, with what differs from run to run replaced: the folder, the address, times.
    pub(crate) fn shown(&self, said: &Said, issuer: &str) -> String {
        let code = said.code.map_or("none".to_owned(), |code| code.to_string());
        let text = format!("exit {code}\n--- stdout\n{}--- stderr\n{}", said.stdout, said.stderr);
        let mut shown = text.replace(&self.path().display().to_string(), "FOLDER");
        if issuer.starts_with("http://127.0.0.1:") {
            shown = shown.replace(issuer, "ISSUER");
        }
        shown
    }
}

/// Replaces what the clock decides.
pub(crate) fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"(?m)^          in .*$", "          in TIME");
    settings.add_filter(r"not ready after \S+ s", "not ready after TIME");
    settings
}

/// Runs `scopecheck server` against an address and shows what it said.
pub(crate) fn shown(issuer: &str, more: &[&str]) -> String {
    let room = Room::new();
    let said = room.server(issuer, more);
    room.shown(&said, issuer)
}

/// How many checks ended in each grade, and the ids of the cases: `grade -> ids of checks`.
pub(crate) fn checks(results: &Value) -> Vec<(String, String)> {
    let cases = results["cases"].as_array().unwrap();
    cases
        .iter()
        .flat_map(|case| case["checks"].as_array().unwrap())
        .map(|check| (check["grade"].as_str().unwrap().to_owned(), check["id"].as_str().unwrap().to_owned()))
        .collect()
}
