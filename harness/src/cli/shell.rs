//! Where output goes: how wide it is, whether it is coloured, and what happens when nobody reads it.

use std::{
    io::{self, ErrorKind, IsTerminal as _, Write as _},
    sync::{Arc, Mutex, PoisonError},
};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use scopecheck_reports::{escape, terminal::TerminalOptions};
use serde::Serialize;

use super::{
    CliError,
    args::{ColorChoice, GlobalArgs},
    error::USAGE,
};

/// The width of text that goes to no terminal.
const WIDTH: usize = 100;
/// A terminal that is narrower than this is treated as if it were this wide.
const NARROWEST: usize = 40;

/// Where output goes.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    out: anstream::ColorChoice,
    err: anstream::ColorChoice,
    terminal: bool,
    width: usize,
    quiet: bool,
    verbose: u8,
    /// Why output was lost, if it was and somebody should know.
    lost: Arc<Mutex<Option<io::Error>>>,
}

impl Shell {
    /// The shell that the flags describe.
    pub(crate) fn new(global: &GlobalArgs) -> Self {
        let wanted = match global.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        Self {
            out: AutoStream::new(io::stdout(), wanted).current_choice(),
            err: AutoStream::new(io::stderr(), wanted).current_choice(),
            terminal: io::stdout().is_terminal(),
            width: width.filter(|width| *width > 0).map_or(WIDTH, |width| width.max(NARROWEST)),
            quiet: global.quiet,
            verbose: global.verbose,
            lost: Arc::default(),
        }
    }

    /// How the report for people is laid out here.
    pub(crate) fn terminal_options(&self) -> TerminalOptions {
        TerminalOptions {
            color: self.color(),
            width: self.width,
            quiet: self.quiet,
            verbose: self.verbose > 0,
        }
    }

    /// Whether standard output is coloured.
    pub(crate) fn color(&self) -> bool {
        self.out != anstream::ColorChoice::Never
    }

    /// Whether standard output is a terminal, where progress can be shown and long lines wrap.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// `--quiet`.
    pub(crate) fn quiet(&self) -> bool {
        self.quiet
    }

    /// How often `--verbose` was given.
    pub(crate) fn verbose(&self) -> u8 {
        self.verbose
    }

    /// Prints text, line breaks included, to standard output and flushes it.
    ///
    /// Once somebody closed the pipe (`| head`), nothing is printed any more, and that is no error.
    pub(crate) fn print(&self, text: &str) {
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        if lost.is_some() {
            return;
        }
        let mut out = AutoStream::new(io::stdout().lock(), self.out);
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            *lost = Some(error);
        }
    }

    /// Prints a value as indented JSON.
    pub(crate) fn print_json(&self, value: &impl Serialize) -> Result<(), CliError> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|error| CliError::bug(format!("a value has no JSON form: {error}")))?;
        self.print(&format!("{text}\n"));
        Ok(())
    }

    /// Prints a note to standard error, where it does not mix with what a program reads.
    pub(crate) fn note(&self, text: &str) {
        self.print_err(&format!("{}\n", escape::block(text)));
    }

    /// Prints an error to standard error.
    pub(crate) fn complain(&self, error: &CliError) {
        let red = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
        let text = error.to_string();
        self.print_err(&format!("{red}error:{red:#} {}\n", escape::block(text.trim_end())));
    }

    /// The last word: output that was lost for another reason than a closed pipe turns success into a failure.
    pub(crate) fn close(&self, code: u8) -> u8 {
        match self.lost.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                let message = format!("the output could not be written: {error}");
                self.complain(&CliError::usage(message).help("check the space and the rights where it goes"));
                code.max(USAGE)
            }
            _ => code,
        }
    }

    fn print_err(&self, text: &str) {
        // Nobody is left to tell if this cannot be written.
        let _ = AutoStream::new(io::stderr().lock(), self.err).write_all(text.as_bytes());
    }
}
