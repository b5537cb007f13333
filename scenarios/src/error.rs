//! Mistakes in files that people write, shown in place.

use std::{fmt, ops::Range, sync::Arc};

use thiserror::Error;

/// A file and its text, cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as it is shown, `scenarios/cases/server/refresh/scope-parameter.toml`.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
}

/// One mistake in one file: what, where, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct FileError {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 where the mistake is the file itself.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// The line that the mistake stands in (its first one).
    pub source_line: String,
}

impl FileError {
    /// A mistake at this place of the file; an empty span means the first line.
    pub fn at(source: &SourceFile, span: Range<usize>, message: impl Into<String>) -> Self {
        let text = &*source.text;
        let start = floor(text, span.start);
        let begin = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        Self {
            path: source.path.clone(),
            line: text[..start].matches('\n').count() + 1,
            column: text[begin..start].chars().count() + 1,
            span: start..floor(text, span.end.max(start)),
            message: message.into(),
            help: None,
            source_line: text[begin..end].trim_end_matches('\r').to_owned(),
        }
    }

    /// A mistake that is the file itself: it cannot be read, or should not be there.
    pub fn whole(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line: 0,
            column: 0,
            span: 0..0,
            message: message.into(),
            help: None,
            source_line: String::new(),
        }
    }

    /// The same with a line that says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a line that says what to do next, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

/// The nearest boundary of a character at or before this byte.
fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: {}", self.path, self.message)?;
        } else {
            let Self { path, line, column, message, source_line, .. } = self;
            let gutter = " ".repeat(line.to_string().len());
            // The caret line repeats tabs, so that it stands right whatever their width.
            let lead: String =
                source_line.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            let rest = source_line.chars().skip(column - 1).count();
            let carets = "^".repeat(self.characters().clamp(1, rest.max(1)));
            writeln!(f, "{path}:{line}:{column}: {message}")?;
            writeln!(f, "{gutter} |")?;
            writeln!(f, "{line} | {}", shown(source_line))?;
            write!(f, "{gutter} | {lead}{carets}")?;
        }
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl FileError {
    /// How many characters of the first line the span takes.
    fn characters(&self) -> usize {
        let before: usize =
            self.source_line.chars().take(self.column.saturating_sub(1)).map(char::len_utf8).sum();
        let length = self.span.len().min(self.source_line.len() - before);
        let end = floor(&self.source_line, before + length);
        self.source_line[before..end].chars().count()
    }
}

/// Control characters become visible, one for one, so that a hostile file cannot move the caret or the cursor.
fn shown(line: &str) -> String {
    line.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Every mistake that kept a catalogue from loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadErrors(pub Vec<FileError>);

impl std::error::Error for LoadErrors {}

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in &self.0 {
            writeln!(f, "{error}\n")?;
        }
        match self.0.len() {
            1 => write!(f, "1 mistake"),
            many => write!(f, "{many} mistakes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile { path: "scenarios/cases/a.toml".into(), text: text.into() }
    }

    #[test]
    fn the_caret_stands_under_the_exact_words() {
        let source = file("id = \"a\"\n\u{e9} = \"prefixx\"\nrest = 1\n");
        let error = FileError::at(&source, 14..23, "unknown filter `prefixx`").help("did you mean `prefix`?");
        insta::assert_snapshot!(error, @r#"
        scenarios/cases/a.toml:2:5: unknown filter `prefixx`
          |
        2 | é = "prefixx"
          |     ^^^^^^^^^
        help: did you mean `prefix`?
        "#);
    }

    #[test]
    fn a_span_over_several_lines_is_shown_by_its_first() {
        let error = FileError::at(&file("a = [\n 1,\n]\n"), 4..11, "wrong");
        insta::assert_snapshot!(error, @r"
        scenarios/cases/a.toml:1:5: wrong
          |
        1 | a = [
          |     ^
        ");
    }

    #[test]
    fn places_outside_the_text_and_control_characters_do_no_harm() {
        let error = FileError::at(&file("a = \"\u{1b}[31m\"\r\n"), 4..99, "wrong");
        insta::assert_snapshot!(error, @r#"
        scenarios/cases/a.toml:1:5: wrong
          |
        1 | a = "�[31m"
          |     ^^^^^^^
        "#);
        assert_eq!(
            FileError::at(&file(""), 7..9, "empty").to_string(),
            "scenarios/cases/a.toml:1:1: empty\n  |\n1 | \n  | ^"
        );
    }
}
