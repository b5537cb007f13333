//! Secrets: where they come from, and a type that does not show them.

use std::{
    fmt,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A value that no `Debug` and no `Display` shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself, for the moment in which it is sent.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// Where a secret comes from. The secret itself never stands in a file of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// A variable of our environment.
    Env(String),
    /// A file, relative to the target's folder; one line feed at its end is left out.
    File(PathBuf),
    /// What a command prints; one line feed at its end is left out.
    Command(Vec<String>),
}

/// Secrets are short; more than this is a mistake, or a device that never ends.
const LONGEST: u64 = 64 * 1024;

impl SecretSource {
    /// Obtains the secret now. `name` is for messages only.
    pub fn resolve(&self, name: &str, folder: Option<&Path>) -> Result<Secret, SecretError> {
        let value = match self {
            Self::Env(variable) => std::env::var(variable)
                .map_err(|_| SecretError::NoVariable { name: name.to_owned(), variable: variable.clone() })?,
            Self::File(path) => {
                from_file(name, &folder.map_or_else(|| path.clone(), |folder| folder.join(path)))?
            }
            Self::Command(command) => from_command(name, command, folder)?,
        };
        let trimmed =
            value.strip_suffix('\n').map_or(value.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
        if trimmed.is_empty() {
            return Err(SecretError::Empty { name: name.to_owned() });
        }
        Ok(Secret::new(trimmed))
    }
}

fn from_file(name: &str, path: &Path) -> Result<String, SecretError> {
    let mut value = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_string(&mut value))
        .map_err(|source| SecretError::File { name: name.to_owned(), path: path.to_owned(), source })?;
    Ok(value)
}

fn from_command(name: &str, command: &[String], folder: Option<&Path>) -> Result<String, SecretError> {
    let failed = |why: String| SecretError::Command {
        name: name.to_owned(),
        program: command.first().cloned().unwrap_or_default(),
        why,
    };
    let (program, arguments) =
        command.split_first().ok_or_else(|| failed("the command is empty".to_owned()))?;
    let mut run = Command::new(program);
    run.args(arguments).stdin(Stdio::null());
    if let Some(folder) = folder {
        run.current_dir(folder);
    }
    // What it printed is not shown, not even where it failed: it may be the secret.
    let output = run.output().map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    String::from_utf8(output.stdout).map_err(|_| failed("it did not print UTF-8".to_owned()))
}

/// Why a secret could not be obtained. The secret is in none of the messages.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// No entry of that name.
    #[error(
        "the table has no secret `{name}`; add `secrets = {{ {name} = {{ env = \"...\" }} }}` (or `file`, or `command`)"
    )]
    Unnamed {
        /// The name of the secret.
        name: String,
    },
    /// The variable is not set.
    #[error("the secret `{name}` comes from the variable {variable}, which is not set; set it and run again")]
    NoVariable {
        /// The name of the secret.
        name: String,
        /// The variable.
        variable: String,
    },
    /// The file cannot be read.
    #[error("the secret `{name}` comes from {}, which cannot be read: {source}", path.display())]
    File {
        /// The name of the secret.
        name: String,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The command failed.
    #[error(
        "the secret `{name}` comes from the command `{program}`, which failed: {why}; run it by hand to see more"
    )]
    Command {
        /// The name of the secret.
        name: String,
        /// The program.
        program: String,
        /// Why.
        why: String,
    },
    /// Nothing came.
    #[error("the secret `{name}` is empty; look at the place that it comes from")]
    Empty {
        /// The name of the secret.
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(words: &[&str]) -> SecretSource {
        SecretSource::Command(words.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_secret_is_shown_by_nothing() {
        let secret = Secret::new("canary");
        assert_eq!(
            format!("{secret:?} {secret} {:?}", Some(&secret)),
            "Secret(..) [secret] Some(Secret(..))"
        );
        assert_eq!(secret.reveal(), "canary");
    }

    #[test]
    fn a_secret_comes_from_the_environment_a_file_or_a_command() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("password"), "from a file\r\n").unwrap();
        let file = SecretSource::File("password".into());
        assert_eq!(file.resolve("p", Some(folder.path())).unwrap().reveal(), "from a file");
        assert_eq!(command(&["printf", "two\n\n"]).resolve("p", None).unwrap().reveal(), "two\n");
        assert!(!SecretSource::Env("PATH".into()).resolve("p", None).unwrap().reveal().is_empty());
    }

    #[test]
    fn what_cannot_be_had_is_said_without_the_secret() {
        let text = |source: SecretSource| source.resolve("client_secret", None).unwrap_err().to_string();
        insta::assert_snapshot!(text(SecretSource::Env("SCOPECHECK_NO_SUCH".into())),
            @"the secret `client_secret` comes from the variable SCOPECHECK_NO_SUCH, which is not set; set it and run again");
        insta::assert_snapshot!(text(SecretSource::File("/no/such".into())),
            @"the secret `client_secret` comes from /no/such, which cannot be read: No such file or directory (os error 2)");
        insta::assert_snapshot!(text(command(&["sh", "-c", "echo canary; exit 3"])),
            @"the secret `client_secret` comes from the command `sh`, which failed: exit status: 3; run it by hand to see more");
        insta::assert_snapshot!(text(command(&["true"])),
            @"the secret `client_secret` is empty; look at the place that it comes from");
    }
}
