//! The last lines of what a process prints.

use std::collections::VecDeque;

/// How many lines are kept.
const LINES: usize = 40;
/// How long a kept line may be, in octets; the rest of it is left out.
const LENGTH: usize = 400;

/// The last lines of a stream, in bounded memory whatever is printed.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    lines: VecDeque<Vec<u8>>,
    open: Vec<u8>,
}

impl Tail {
    /// Takes in what was printed next.
    pub(crate) fn push(&mut self, octets: &[u8]) {
        let mut pieces = octets.split(|octet| *octet == b'\n');
        self.extend(pieces.next().unwrap_or_default());
        for piece in pieces {
            if self.lines.len() == LINES {
                self.lines.pop_front();
            }
            self.lines.push_back(std::mem::take(&mut self.open));
            self.extend(piece);
        }
    }

    fn extend(&mut self, octets: &[u8]) {
        let room = LENGTH.saturating_sub(self.open.len());
        self.open.extend_from_slice(&octets[..octets.len().min(room)]);
    }

    /// The lines as text, the last one included if it was not ended.
    pub(crate) fn lines(&self) -> Vec<String> {
        let open = (!self.open.is_empty()).then_some(&self.open);
        let lines: Vec<String> = self
            .lines
            .iter()
            .chain(open)
            .map(|line| String::from_utf8_lossy(line).trim_end_matches('\r').to_owned())
            .collect();
        lines[lines.len().saturating_sub(LINES)..].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_kept_however_they_arrive() {
        let mut tail = Tail::default();
        for octets in [&b"one\r\ntw"[..], b"o\n", b"\nfour"] {
            tail.push(octets);
        }
        assert_eq!(tail.lines(), ["one", "two", "", "four"]);
        for number in 0..1_000 {
            tail.push(format!("\n{number}").as_bytes());
        }
        assert_eq!(tail.lines().len(), LINES);
        assert_eq!(tail.lines().last().map(String::as_str), Some("999"));
    }

    #[test]
    fn a_line_that_never_ends_takes_bounded_memory() {
        let mut tail = Tail::default();
        for _ in 0..10_000 {
            tail.push(&[0xff; 1_000]);
        }
        assert_eq!(tail.open.len(), LENGTH);
        assert_eq!(tail.lines().len(), 1);
    }
}
