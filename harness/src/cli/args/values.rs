//! Values that flags take.

use std::{convert::Infallible, path::PathBuf, str::FromStr};

use clap::ValueEnum;

/// `--expect FILE|none`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Nothing is excused, not even by the file beside the target.
    None,
    /// This file.
    File(PathBuf),
}

impl FromStr for Expect {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "none" { Self::None } else { Self::File(text.into()) })
    }
}

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// Where the output is a terminal and `NO_COLOR` is not set.
    #[default]
    Auto,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// `--deny`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// An unexpected `warn` ends in exit code 1, like a `fail`.
    Warn,
}
