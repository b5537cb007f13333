//! Lines of bounded length out of a stream of octets.

/// The longest line that is taken, in octets without its end.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// What came on standard output.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its end.
    Whole(Vec<u8>),
    /// A line that is longer than allowed, and how long it was; it was passed over.
    TooLong(u64),
}

/// Collects octets until a line is whole. Never more than `longest` octets are kept, whatever comes.
#[derive(Debug)]
pub(super) struct Splitter {
    open: Vec<u8>,
    passed_over: u64,
    longest: usize,
}

impl Splitter {
    /// Nothing has come yet.
    pub(super) fn new(longest: usize) -> Self {
        Self { open: Vec::new(), passed_over: 0, longest }
    }

    /// Takes in what was read, and gives the lines that it ends.
    pub(super) fn push(&mut self, octets: &[u8]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut pieces = octets.split(|octet| *octet == b'\n');
        self.extend(pieces.next().unwrap_or_default());
        for piece in pieces {
            lines.push(self.take());
            self.extend(piece);
        }
        lines
    }

    /// What stands there unended, where there is something.
    pub(super) fn rest(&mut self) -> Option<Line> {
        (!self.open.is_empty() || self.passed_over > 0).then(|| self.take())
    }

    fn extend(&mut self, octets: &[u8]) {
        if self.passed_over > 0 || self.open.len() + octets.len() > self.longest {
            self.passed_over += (self.open.len() + octets.len()) as u64;
            self.open = Vec::new();
        } else {
            self.open.extend_from_slice(octets);
        }
    }

    fn take(&mut self) -> Line {
        match std::mem::take(&mut self.passed_over) {
            0 => Line::Whole(std::mem::take(&mut self.open)),
            passed_over => Line::TooLong(passed_over),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(chunks: &[&[u8]], longest: usize) -> Vec<Line> {
        let mut splitter = Splitter::new(longest);
        let mut lines: Vec<Line> = chunks.iter().flat_map(|chunk| splitter.push(chunk)).collect();
        lines.extend(splitter.rest());
        lines
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.as_bytes().to_vec())
    }

    #[test]
    fn lines_are_whole_however_they_arrive() {
        assert_eq!(
            lines(&[b"a", b"b\nc", b"\n", b"\nd"], 9),
            [whole("ab"), whole("c"), whole(""), whole("d")]
        );
        assert_eq!(lines(&[b""], 9), []);
    }

    #[test]
    fn a_line_beyond_the_limit_is_counted_and_not_kept() {
        assert_eq!(lines(&[b"abc", b"def", b"g\nh\n"], 4), [Line::TooLong(7), whole("h")]);
        assert_eq!(lines(&[b"abcd\n"], 4), [whole("abcd")]);
        assert_eq!(lines(&[b"abcde"], 4), [Line::TooLong(5)]);
    }
}
