//! The sheet that the report is written on: indentation, wrapping, colour, and the one place where text is escaped.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::TerminalOptions;
use crate::{Grade, escape};

/// The width of a label and the gap after it. The longest labels are `observed` and `requires`.
const LABEL: usize = 10;

/// Prose is never squeezed into less than this, however deep it is indented.
const NARROWEST: usize = 24;

/// How a piece of text is coloured.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    /// Not at all.
    Plain,
    /// A heading.
    Strong,
    /// Of less weight.
    Faint,
    /// In the colour of a grade.
    Of(Grade),
}

impl Ink {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint | Self::Of(Grade::NotApplicable) => Style::new().dimmed(),
            Self::Of(Grade::Pass) => colour(AnsiColor::Green),
            Self::Of(Grade::Fail) => colour(AnsiColor::Red).bold(),
            Self::Of(Grade::Warn) => colour(AnsiColor::Yellow),
            Self::Of(Grade::Observed) => colour(AnsiColor::Cyan),
            Self::Of(Grade::Blocked | Grade::Error) => colour(AnsiColor::Magenta),
        }
    }
}

/// The report as far as it is written. Every method escapes what it is given.
pub(super) struct Page<'a> {
    out: String,
    pub(super) options: &'a TerminalOptions,
}

impl<'a> Page<'a> {
    pub(super) fn new(options: &'a TerminalOptions) -> Self {
        Self { out: String::new(), options }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Leaves one empty line, unless there is one already or nothing stands above.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A line that is never wrapped.
    pub(super) fn line(&mut self, indent: usize, ink: Ink, text: &str) {
        self.indent(indent);
        self.paint(ink, &escape::line(text));
        self.out.push('\n');
    }

    /// A heading, and something of less weight beside it, aligned with that of the other headings.
    pub(super) fn heading(&mut self, title: &str, width: usize, beside: &str) {
        self.paint(Ink::Strong, &escape::line(title));
        self.indent(width.saturating_sub(title.chars().count()) + 2);
        self.paint(Ink::Faint, &escape::line(beside));
        self.out.push('\n');
    }

    /// Prose, wrapped.
    pub(super) fn prose(&mut self, indent: usize, ink: Ink, text: &str) {
        for row in wrap(&escape::line(text), self.room(indent)) {
            self.indent(indent);
            self.paint(ink, row);
            self.out.push('\n');
        }
    }

    /// A label and prose beside it, wrapped under its own beginning.
    pub(super) fn field(&mut self, indent: usize, ink: Ink, label: &str, text: &str) {
        self.label(indent, ink, label);
        let text = escape::line(text);
        for (number, row) in wrap(&text, self.room(indent + LABEL)).into_iter().enumerate() {
            if number > 0 {
                self.indent(indent + LABEL);
            }
            self.paint(Ink::Plain, row);
            self.out.push('\n');
        }
    }

    /// A label and something to copy beside it: line breaks are kept, and none are added.
    pub(super) fn verbatim(&mut self, indent: usize, label: &str, text: &str) {
        self.label(indent, Ink::Faint, label);
        for (number, row) in text.trim_end().split('\n').enumerate() {
            if number > 0 {
                self.indent(indent + LABEL);
            }
            self.line(0, Ink::Plain, row);
        }
    }

    /// More prose under the text of the field above.
    pub(super) fn continued(&mut self, indent: usize, ink: Ink, text: &str) {
        self.prose(indent + LABEL, ink, text);
    }

    /// Cells side by side, each right-aligned in its width.
    pub(super) fn row(&mut self, indent: usize, label: &str, cells: &[(Ink, String, usize)]) {
        self.label(indent, Ink::Faint, label);
        for (ink, text, width) in cells {
            self.indent(width.saturating_sub(text.chars().count()));
            self.paint(*ink, text);
        }
        self.out.push('\n');
    }

    fn label(&mut self, indent: usize, ink: Ink, label: &str) {
        self.indent(indent);
        self.paint(ink, label);
        self.indent(LABEL.saturating_sub(label.chars().count()).max(usize::from(!label.is_empty())));
    }

    fn room(&self, indent: usize) -> usize {
        self.options.width.saturating_sub(indent).max(NARROWEST)
    }

    fn indent(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    fn paint(&mut self, ink: Ink, text: &str) {
        let style = ink.style();
        if self.options.color && !style.is_plain() && !text.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(self.out, "{style}{text}{style:#}");
        } else {
            self.out.push_str(text);
        }
    }
}

/// Breaks text at spaces so that each row fits; a word that is longer than a row stays whole, to be copied.
fn wrap(text: &str, width: usize) -> Vec<&str> {
    let mut rows = Vec::new();
    let mut start = 0;
    let mut end = 0;
    let mut used = 0;
    let mut at = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if at > start && used + 1 + length > width {
            rows.push(&text[start..end]);
            start = at;
            used = length;
        } else {
            used += length + usize::from(at > start);
        }
        end = at + word.len();
        at = end + 1;
    }
    rows.push(&text[start..end]);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_breaks_at_spaces_and_long_words_stay_whole() {
        assert_eq!(wrap("a bb ccc dddd", 6), ["a bb", "ccc", "dddd"]);
        assert_eq!(wrap("https://a.example/very-long x", 5), ["https://a.example/very-long", "x"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("é é é", 3), ["é é", "é"]);
        assert_eq!(wrap("a  b", 10), ["a  b"]);
    }
}
