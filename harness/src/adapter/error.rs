//! Why an adapter could not be started.

use std::{io, time::Duration};

use thiserror::Error;

/// Why there is no conversation with an adapter. Nothing is known about the library then.
#[derive(Debug, Error)]
pub enum StartError {
    /// There is no such program, or it may not be run.
    #[error("the adapter `{command}` cannot be started: {source}")]
    NotStarted {
        /// The command.
        command: String,
        /// What the system says.
        source: io::Error,
    },
    /// It ended before it said hello.
    #[error("the adapter `{command}` ended before it answered `hello`: {status}")]
    Ended {
        /// The command.
        command: String,
        /// How it ended.
        status: String,
        /// The last lines on standard error.
        lines: Vec<String>,
    },
    /// It did not say hello in time.
    #[error("the adapter `{command}` did not answer `hello` within {} s", .limit.as_secs_f32())]
    Silent {
        /// The command.
        command: String,
        /// The limit.
        limit: Duration,
        /// What it wrote to standard output instead, if anything.
        said: Option<String>,
        /// The last lines on standard error.
        lines: Vec<String>,
    },
    /// Its hello cannot be used.
    #[error("the adapter `{command}` answered `hello` with {said}: {why}")]
    BadHello {
        /// The command.
        command: String,
        /// The line, cut.
        said: String,
        /// What is wrong with it.
        why: String,
        /// The last lines on standard error.
        lines: Vec<String>,
    },
}

impl StartError {
    /// What to do next, one sentence.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotStarted { .. } => {
                "check the name of the program and the folder; the command is run without a shell"
            }
            Self::Ended { .. } => {
                "run the command by hand: it has to wait for lines on standard input until `bye` comes"
            }
            Self::Silent { said: Some(_), .. } => {
                "only lines of the protocol belong on standard output; write everything else to standard error, and answer `hello` first"
            }
            Self::Silent { said: None, .. } => {
                "read standard input line by line, and flush standard output after each line: output to a pipe is buffered otherwise"
            }
            Self::BadHello { .. } => {
                "the answer to `hello` is one line, {\"hello\":{\"name\":\"...\",\"version\":\"...\",\"operations\":[\"parse\"]}}"
            }
        }
    }

    /// The last lines that the adapter wrote to standard error; text of the subject, so hostile.
    pub fn lines(&self) -> &[String] {
        match self {
            Self::NotStarted { .. } => &[],
            Self::Ended { lines, .. } | Self::Silent { lines, .. } | Self::BadHello { lines, .. } => lines,
        }
    }
}
