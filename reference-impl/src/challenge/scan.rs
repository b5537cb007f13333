//! The smallest pieces of the grammar (RFC 9110 section 5.6).

use super::error::{ChallengeError, Trouble};
use super::model::Part;

/// A place in the text.
#[derive(Debug, Clone)]
pub(super) struct Scan<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Scan<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, offset: 0 }
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    /// Whether nothing is left.
    pub(super) fn at_end(&self) -> bool {
        self.rest().is_empty()
    }

    /// Whether a part ends here: at a comma or at the end.
    pub(super) fn at_boundary(&self) -> bool {
        self.at_end() || self.rest().starts_with(',')
    }

    pub(super) fn error(&self, trouble: Trouble) -> ChallengeError {
        ChallengeError { offset: self.offset, trouble }
    }

    /// Takes every leading byte of a kind.
    fn take_while(&mut self, kind: impl Fn(u8) -> bool) -> Part {
        let start = self.offset;
        let length = self.rest().bytes().take_while(|byte| kind(*byte)).count();
        self.offset += length;
        Part {
            text: self.text.get(start..self.offset).unwrap_or_default().to_owned(),
            span: start..self.offset,
        }
    }

    /// Takes optional white space: spaces and tabs. Tells how much there was.
    pub(super) fn white_space(&mut self) -> usize {
        self.take_while(|byte| byte == b' ' || byte == b'\t').span.len()
    }

    /// Takes commas and the white space around them: the empty elements of a list are passed over (section 5.6.1).
    /// Tells whether there was a comma.
    pub(super) fn commas(&mut self) -> bool {
        self.take_while(|byte| matches!(byte, b',' | b' ' | b'\t')).text.contains(',')
    }

    /// Takes one byte if it is there.
    pub(super) fn take(&mut self, byte: char) -> bool {
        let there = self.rest().starts_with(byte);
        if there {
            self.offset += byte.len_utf8();
        }
        there
    }

    /// Takes a token (section 5.6.2), if one stands here.
    pub(super) fn token(&mut self) -> Option<Part> {
        Some(self.take_while(is_token_byte)).filter(|part| !part.span.is_empty())
    }

    /// Takes a token68 (section 11.2) if one stands here and the part ends after it. `a=` may be either that or a
    /// parameter without a value; it is that.
    pub(super) fn token68(&mut self) -> Option<Part> {
        let mut ahead = self.clone();
        let start = ahead.offset;
        let body = ahead.take_while(|byte| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte));
        ahead.take_while(|byte| byte == b'=');
        let end = ahead.offset;
        ahead.white_space();
        if body.span.is_empty() || !ahead.at_boundary() {
            return None;
        }
        *self = ahead;
        Some(Part { text: self.text.get(start..end).unwrap_or_default().to_owned(), span: start..end })
    }

    /// Takes a quoted string (section 5.6.4), whose opening quote has been seen to stand here.
    pub(super) fn quoted(&mut self) -> Result<Part, ChallengeError> {
        let start = self.offset;
        let unclosed = ChallengeError { offset: start, trouble: Trouble::Unclosed };
        let mut text = String::new();
        let mut escaped = false;
        for (index, character) in self.rest().char_indices().skip(1) {
            if character.is_ascii_control() && character != '\t' {
                return Err(ChallengeError { offset: start + index, trouble: Trouble::Control });
            }
            match character {
                _ if escaped => {
                    text.push(character);
                    escaped = false;
                }
                '\\' => escaped = true,
                '"' => {
                    self.offset = start + index + 1;
                    return Ok(Part { text, span: start..self.offset });
                }
                other => text.push(other),
            }
        }
        Err(unclosed)
    }
}

/// A byte of a token (RFC 9110 section 5.6.2).
pub(super) const fn is_token_byte(byte: u8) -> bool {
    matches!(
        byte,
        b'!' | b'#'
            | b'$'
            | b'%'
            | b'&'
            | b'\''
            | b'*'
            | b'+'
            | b'-'
            | b'.'
            | b'^'
            | b'_'
            | b'`'
            | b'|'
            | b'~'
    ) || byte.is_ascii_alphanumeric()
}
