//! One scope token and its grammar.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

/// Why a text is not a scope (RFC 6749 section 3.3).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScopeError {
    /// A byte that no scope token may hold.
    #[error(
        "{} at offset {offset} may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only \
         the space (0x20) separates; take it out",
        shown(*.byte)
    )]
    Byte {
        /// Where the byte stands, counted in bytes from the start of the text that was given.
        offset: usize,
        /// The byte itself.
        byte: u8,
    },
    /// A token without any byte.
    #[error("a scope token at offset 0 is empty: it needs at least one character; leave the token out")]
    Empty,
}

impl ScopeError {
    /// Where the trouble is, counted in bytes from the start of the text that was given.
    pub const fn offset(&self) -> usize {
        match self {
            Self::Byte { offset, .. } => *offset,
            Self::Empty => 0,
        }
    }
}

/// A byte as a person can recognise it.
fn shown(byte: u8) -> String {
    if byte.is_ascii_graphic() {
        format!("`{}` (0x{byte:02X})", char::from(byte))
    } else {
        format!("the byte 0x{byte:02X}")
    }
}

/// Whether a byte may stand in a scope token: `%x21 / %x23-5B / %x5D-7E` (RFC 6749 section 3.3).
pub const fn is_scope_byte(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)
}

/// The error for the first byte of `text` that is not allowed.
pub(super) fn check_bytes(text: &str, allowed: impl Fn(u8) -> bool) -> Result<(), ScopeError> {
    // Looking at every byte without a branch is several times faster than stopping at the first strange one.
    let clean = text.bytes().fold(true, |clean, byte| clean & allowed(byte));
    let strange = || text.bytes().enumerate().find(|(_, byte)| !allowed(*byte));
    match if clean { None } else { strange() } {
        Some((offset, byte)) => Err(ScopeError::Byte { offset, byte }),
        None => Ok(()),
    }
}

/// The error for a text that is no single token.
pub(super) fn check_token(text: &str) -> Result<(), ScopeError> {
    if text.is_empty() { Err(ScopeError::Empty) } else { check_bytes(text, is_scope_byte) }
}

/// A scope token: one or more bytes of the grammar, compared byte for byte (GR-01).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeToken(String);

impl ScopeToken {
    /// The token as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The token as owned text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl FromStr for ScopeToken {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check_token(text)?;
        Ok(Self(text.to_owned()))
    }
}

impl AsRef<str> for ScopeToken {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ScopeToken {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ScopeToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_that_of_rfc_6749() {
        let allowed: Vec<u8> = (0..=u8::MAX).filter(|byte| is_scope_byte(*byte)).collect();
        let written: Vec<u8> = [0x21].into_iter().chain(0x23..=0x5B).chain(0x5D..=0x7E).collect();
        assert_eq!(allowed, written);
    }

    #[test]
    fn punctuation_that_other_grammars_reserve_is_legal() {
        for text in ["a,b", "read:all", "https://api/x", "*", "!#[]~", "a'b`<>", "a+b", "%20"] {
            assert_eq!(text.parse::<ScopeToken>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn every_view_of_a_token_is_its_text() {
        let token: ScopeToken = "read:all".parse().unwrap();
        let (as_ref, borrowed): (&str, &str) = (token.as_ref(), token.borrow());
        assert_eq!((as_ref, borrowed), ("read:all", "read:all"));
        assert_eq!(format!("{token:>10}"), "  read:all");
        assert_eq!(token.into_string(), "read:all");
    }

    #[test]
    fn an_error_says_which_byte_and_where() {
        for (text, offset, byte) in
            [("a\"b", 1, 0x22), ("ab\\", 2, 0x5C), ("é", 0, 0xC3), ("a b", 1, 0x20), ("a\u{7f}", 1, 0x7F)]
        {
            assert_eq!(text.parse::<ScopeToken>(), Err(ScopeError::Byte { offset, byte }), "{text:?}");
        }
        assert_eq!("".parse::<ScopeToken>(), Err(ScopeError::Empty));
    }

    #[test]
    fn an_error_says_what_to_do() {
        insta::assert_snapshot!("a\"b".parse::<ScopeToken>().unwrap_err(), @r#"`"` (0x22) at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out"#);
        insta::assert_snapshot!("a\tb".parse::<ScopeToken>().unwrap_err(), @"the byte 0x09 at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out");
        insta::assert_snapshot!("".parse::<ScopeToken>().unwrap_err(), @"a scope token at offset 0 is empty: it needs at least one character; leave the token out");
    }
}
