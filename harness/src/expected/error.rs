//! Why an `expected.toml` could not be used.

use std::path::PathBuf;

use scopecheck_scenarios::error::FileError;

use crate::target::Mistake;

/// Why an `expected.toml` could not be used: exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum ExpectedError {
    /// It is wrong; the mistake is shown in place.
    #[error(transparent)]
    File(#[from] Box<FileError>),
    /// It cannot be read.
    #[error(
        "cannot read {}: {source}\nhelp: check the path given to --expect, or write `--expect none` to excuse nothing",
        path.display()
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl From<Mistake> for ExpectedError {
    fn from(mistake: Mistake) -> Self {
        Self::File(mistake.into())
    }
}
