//! What a command ends with if it cannot do its work.

use std::fmt;

use scopecheck_scenarios::error::LoadErrors;

use crate::target::TargetError;

/// Usage, configuration or a scenario file is wrong (`design.md` section 3).
pub(crate) const USAGE: u8 = 2;
/// Something could not be exercised, or the run was cut short.
pub(crate) const INCOMPLETE: u8 = 3;
/// Nothing was selected.
pub(crate) const NOTHING_SELECTED: u8 = 4;
/// A bug in Scopecheck.
pub(crate) const BUG: u8 = 70;

/// Why a command cannot do its work: what is wrong, what to do next, and the exit code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) struct CliError {
    message: String,
    help: Option<String>,
    code: u8,
}

impl CliError {
    /// An error with an exit code of `design.md` section 3. A message may end with a line `help: ...` of its own.
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, code }
    }

    /// What was typed, configured or written in a file is wrong: exit code 2.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    /// Something could not be exercised, or the run was cut short: exit code 3.
    pub(crate) fn incomplete(message: impl Into<String>) -> Self {
        Self::new(INCOMPLETE, message)
    }

    /// Nothing was selected: exit code 4.
    pub(crate) fn nothing_selected(message: impl Into<String>) -> Self {
        Self::new(NOTHING_SELECTED, message)
    }

    /// We are wrong ourselves: exit code 70.
    pub(crate) fn bug(message: impl Into<String>) -> Self {
        Self::new(BUG, message)
            .help("this is a bug in scopecheck; please report it with the command that led to it")
    }

    /// The same with a line that says what to do next.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl From<LoadErrors> for CliError {
    fn from(errors: LoadErrors) -> Self {
        Self::usage(format!("the scenarios cannot be loaded\n\n{errors}"))
    }
}

impl From<TargetError> for CliError {
    fn from(error: TargetError) -> Self {
        Self::usage(error.to_string())
    }
}
