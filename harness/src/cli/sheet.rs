//! The page that a command lays its text out on: headings, labelled fields, columns. It knows widths and colours, no subject matter.

use std::fmt::Write as _;

use anstyle::Style;
use scopecheck_reports::escape;

use super::Shell;

/// The width of a label and the gap after it, as in the report.
const LABEL: usize = 11;
/// Prose is never squeezed into less than this.
const NARROWEST: usize = 24;

/// A page in the making. Whatever is put on it is made safe to print.
#[derive(Debug)]
pub(crate) struct Sheet {
    out: String,
    color: bool,
    width: usize,
    /// Lines are cut here, where they would wrap otherwise; nowhere but on a terminal.
    cut: Option<usize>,
}

impl Sheet {
    /// An empty page for this shell.
    pub(crate) fn new(shell: &Shell) -> Self {
        let cut = shell.is_terminal().then(|| shell.width());
        Self { out: String::new(), color: shell.color(), width: shell.width(), cut }
    }

    /// The finished text.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// An empty line, unless there is one already or nothing stands above.
    pub(crate) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A heading.
    pub(crate) fn heading(&mut self, indent: usize, text: &str) {
        self.indent(indent);
        self.paint(Style::new().bold(), text);
        self.out.push('\n');
    }

    /// A line that is never wrapped.
    pub(crate) fn line(&mut self, indent: usize, text: &str) {
        self.indent(indent);
        self.out.push_str(&escape::line(text));
        self.out.push('\n');
    }

    /// Prose, wrapped.
    pub(crate) fn prose(&mut self, indent: usize, text: &str) {
        let text = escape::line(text);
        for row in wrap(&text, self.room(indent)) {
            self.indent(indent);
            self.out.push_str(&row);
            self.out.push('\n');
        }
    }

    /// A label and prose beside it, wrapped under its own beginning.
    pub(crate) fn field(&mut self, indent: usize, label: &str, text: &str) {
        self.entry(indent, label, LABEL, text);
    }

    /// A label and a list beside it, one entry a line; nothing if the list is empty.
    pub(crate) fn list<S: AsRef<str>>(
        &mut self,
        indent: usize,
        label: &str,
        entries: impl IntoIterator<Item = S>,
    ) {
        for (number, entry) in entries.into_iter().enumerate() {
            self.field(indent, if number == 0 { label } else { "" }, entry.as_ref());
        }
    }

    /// Pairs of a name and prose, the prose aligned.
    pub(crate) fn pairs<S: AsRef<str>, T: AsRef<str>>(&mut self, indent: usize, pairs: &[(S, T)]) {
        let width = pairs.iter().map(|(name, _)| name.as_ref().chars().count()).max().unwrap_or_default() + 2;
        for (name, text) in pairs {
            self.entry(indent, name.as_ref(), width, text.as_ref());
        }
    }

    /// Columns, each as wide as its widest cell; the first row is the heading. Numbers stand to the right.
    pub(crate) fn columns<const N: usize>(&mut self, heading: [&str; N], rows: &[[String; N]]) {
        let cells = |column: usize| rows.iter().map(move |row| &row[column]);
        let width = |column: usize| {
            let widest = cells(column).map(|cell| cell.chars().count()).max().unwrap_or_default();
            widest.max(heading[column].chars().count())
        };
        let widths: [usize; N] = std::array::from_fn(width);
        let number =
            |column: usize| !rows.is_empty() && cells(column).all(|cell| cell.parse::<usize>().is_ok());
        let right: [bool; N] = std::array::from_fn(number);
        let laid_out = |row: [&str; N]| {
            let mut line = String::new();
            for (column, cell) in row.into_iter().enumerate() {
                let cell = escape::line(cell);
                let padding = " ".repeat(widths[column].saturating_sub(cell.chars().count()));
                line.push_str(if column == 0 { "" } else { "  " });
                // Writing to a string cannot fail.
                let _ = if right[column] {
                    write!(line, "{padding}{cell}")
                } else {
                    write!(line, "{cell}{padding}")
                };
            }
            self.cut(line.trim_end())
        };
        let head = laid_out(heading);
        let lines: Vec<String> =
            rows.iter().map(|row| laid_out(row.each_ref().map(String::as_str))).collect();
        self.paint(Style::new().dimmed(), &head);
        for line in &lines {
            self.out.push('\n');
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    fn entry(&mut self, indent: usize, label: &str, width: usize, text: &str) {
        self.indent(indent);
        self.paint(Style::new().dimmed(), label);
        self.indent(width.saturating_sub(label.chars().count()).max(1));
        let text = escape::line(text);
        for (number, row) in wrap(&text, self.room(indent + width)).into_iter().enumerate() {
            if number > 0 {
                self.indent(indent + width);
            }
            self.out.push_str(&row);
            self.out.push('\n');
        }
    }

    fn cut(&self, line: &str) -> String {
        match self.cut {
            Some(width) if line.chars().count() > width => {
                line.chars().take(width.saturating_sub(1)).chain(['…']).collect()
            }
            _ => line.to_owned(),
        }
    }

    fn room(&self, indent: usize) -> usize {
        self.width.saturating_sub(indent).max(NARROWEST)
    }

    fn indent(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    fn paint(&mut self, style: Style, text: &str) {
        let text = escape::line(text);
        if self.color && !text.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(self.out, "{style}{text}{style:#}");
        } else {
            self.out.push_str(&text);
        }
    }
}

/// Breaks text at spaces so that each row fits; a word that is longer than a row stays whole, to be copied.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if let Some(row) = rows.last_mut().filter(|_| used == 0 || used + 1 + length <= width) {
            row.push_str(if used == 0 { "" } else { " " });
            row.push_str(word);
            used += length + usize::from(used > 0);
        } else {
            rows.push(word.to_owned());
            used = length;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cut: Option<usize>) -> Sheet {
        Sheet { out: String::new(), color: false, width: 40, cut }
    }

    #[test]
    fn prose_wraps_under_its_own_beginning() {
        let mut sheet = sheet(None);
        sheet.field(2, "why", "A refresh happens without the user, so nobody would see it.");
        sheet.list(2, "origin", ["one", "two"]);
        sheet.list::<&str>(2, "nothing", []);
        sheet.gap();
        sheet.gap();
        sheet.pairs(0, &[("narrower", "less"), ("wider", "more\u{1b}[2J")]);
        insta::assert_snapshot!(sheet.finish(), @r"
          why        A refresh happens without
                     the user, so nobody would
                     see it.
          origin     one
                     two

        narrower  less
        wider     more\u{1b}[2J
        ");
    }

    #[test]
    fn numbers_stand_to_the_right_and_long_lines_are_cut_on_a_terminal_only() {
        let rows = [
            ["a".to_owned(), "7".to_owned(), "short".to_owned()],
            ["bcd".to_owned(), "12".to_owned(), "a long text".to_owned()],
        ];
        let laid_out = |cut| {
            let mut sheet = sheet(cut);
            sheet.columns(["x", "count", "text"], &rows);
            sheet.finish()
        };
        insta::assert_snapshot!(laid_out(None), @r"
        x    count  text
        a        7  short
        bcd     12  a long text
        ");
        insta::assert_snapshot!(laid_out(Some(17)), @r"
        x    count  text
        a        7  short
        bcd     12  a lo…
        ");
    }
}
