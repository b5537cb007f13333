//! A mistake in a file of ours, small enough to travel in a `Result`.

use std::ops::Range;

use scopecheck_scenarios::error::{FileError, SourceFile};

/// A mistake in a file, shown in place.
#[derive(Debug)]
pub(crate) struct Mistake(Box<FileError>);

impl Mistake {
    /// A mistake at this place of the file.
    pub(crate) fn at(source: &SourceFile, span: Range<usize>, message: impl Into<String>) -> Self {
        Self(Box::new(FileError::at(source, span, message)))
    }

    /// The same with a line that says what to do next.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        self.maybe_help(Some(help.into()))
    }

    /// The same with a line that says what to do next, if there is one.
    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.0.help = help.or(self.0.help);
        self
    }

    /// The same with nothing of the line but what stands before the mistake.
    pub(crate) fn hidden(mut self) -> Self {
        const INSTEAD: &str = "(not shown)";
        let error = &mut *self.0;
        let before: String = error.source_line.chars().take(error.column.saturating_sub(1)).collect();
        error.source_line = before + INSTEAD;
        error.span.end = error.span.start + INSTEAD.len();
        self
    }

    /// The line that it stands in, from 1.
    pub(crate) fn line(&self) -> usize {
        self.0.line
    }
}

impl From<Mistake> for Box<FileError> {
    fn from(mistake: Mistake) -> Self {
        mistake.0
    }
}
