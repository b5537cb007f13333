//! Lines of bounded length.

use std::io::{self, BufRead};

/// The longest line that is read, in bytes without its end.
pub(super) const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its end.
    Whole(Vec<u8>),
    /// A line that is longer than allowed; it was passed over.
    TooLong,
    /// Nothing more.
    End,
}

/// Reads up to the next line end. Never more than `longest` bytes are kept, whatever comes.
pub(super) fn next_line(reader: &mut impl BufRead, longest: usize) -> io::Result<Line> {
    let mut line = Vec::new();
    let mut too_long = false;
    let mut any = false;
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok(match (any, too_long) {
                (false, _) => Line::End,
                (true, false) => Line::Whole(line),
                (true, true) => Line::TooLong,
            });
        }
        any = true;
        let end = available.iter().position(|byte| *byte == b'\n');
        let piece = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        too_long |= line.len() + piece.len() > longest;
        if too_long {
            line = Vec::new();
        } else {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Whole(line) });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(text: &[u8], buffer: usize, longest: usize) -> Vec<Line> {
        let mut reader = BufReader::with_capacity(buffer, text);
        let mut lines = Vec::new();
        loop {
            match next_line(&mut reader, longest).unwrap() {
                Line::End => return lines,
                line => lines.push(line),
            }
        }
    }

    #[test]
    fn a_line_ends_at_its_end_or_at_the_end_of_everything() {
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        for buffer in [1, 2, 100] {
            assert_eq!(lines(b"ab\n\ncd", buffer, 9), [whole("ab"), whole(""), whole("cd")]);
            assert_eq!(lines(b"", buffer, 9), []);
        }
    }

    #[test]
    fn a_line_beyond_the_limit_is_passed_over_and_the_next_one_is_read() {
        for buffer in [1, 3, 100] {
            let read = lines(b"abcd\nabcde\nab", buffer, 4);
            assert_eq!(read, [Line::Whole(b"abcd".into()), Line::TooLong, Line::Whole(b"ab".into())]);
        }
    }
}
