//! The report formats by name, and where a report goes: `--report FORMAT=PATH`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::terminal::{self, TerminalOptions};
use crate::{Results, json, junit};

/// A report format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// The text for people, without colour, in full.
    Terminal,
    /// `results.json`, from which every other report can be made again.
    Json,
    /// JUnit XML, as Jenkins reads it.
    Junit,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Terminal, Self::Json, Self::Junit];

    /// The name of the format on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Json => "json",
            Self::Junit => "junit",
        }
    }

    /// Renders results as the content of a file.
    pub fn render(self, results: &Results) -> Result<String, RenderError> {
        match self {
            Self::Terminal => Ok(terminal::render(results, &TerminalOptions::default())),
            Self::Json => json::to_string(results).map_err(RenderError::Json),
            Self::Junit => junit::render(results).map_err(RenderError::Junit),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| FormatError::Unknown { name: name.to_owned() })
    }
}

/// A report and where it goes, as `--report FORMAT=PATH` gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The format.
    pub format: Format,
    /// The file.
    pub path: PathBuf,
}

impl FromStr for Destination {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((name, path)) = text.split_once('=') else {
            return Err(match text.parse::<Format>() {
                Ok(format) => FormatError::NoPath { format },
                Err(_) => FormatError::NoEquals { text: text.to_owned() },
            });
        };
        let format = name.parse()?;
        if path.is_empty() {
            return Err(FormatError::NoPath { format });
        }
        Ok(Self { format, path: PathBuf::from(path) })
    }
}

/// Why `--report` was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// No such format.
    #[error("`{name}` is not a report format; write one of {}", names())]
    Unknown {
        /// What was written.
        name: String,
    },
    /// A format without a file.
    #[error("`{format}` needs a file to go to; write `{format}=PATH`")]
    NoPath {
        /// The format.
        format: Format,
    },
    /// Neither a format nor a file can be told.
    #[error("`{text}` is not of the form FORMAT=PATH; FORMAT is one of {}", names())]
    NoEquals {
        /// What was written.
        text: String,
    },
}

fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

/// Why a report could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// As JSON.
    #[error("the results could not be written as JSON ({0}); this is a bug in scopecheck, please report it")]
    Json(#[source] serde_json::Error),
    /// As JUnit XML.
    #[error(transparent)]
    Junit(#[from] junit::JunitError),
}
