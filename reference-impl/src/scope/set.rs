//! An ordered set of scope tokens.

use std::fmt;
use std::str::FromStr;

use super::seen::Seen;
use super::token::{ScopeError, ScopeToken, is_scope_byte};
use super::union::{missing_scopes, union_scopes};

/// Scope tokens without duplicates, in the order of first occurrence.
///
/// The order is kept for what is written; it has no meaning (RFC 6749 section 3.3), so two sets are equal when they
/// hold the same tokens.
#[derive(Debug, Clone, Default)]
pub struct ScopeSet {
    tokens: Vec<ScopeToken>,
}

impl ScopeSet {
    /// Reads a `scope` string.
    ///
    /// The space (0x20) is the only separator. RFC 6749 says nothing about spaces at the ends or several between two
    /// tokens: they are accepted and stand for one separator, here as everywhere in this crate. A text of spaces, or
    /// an empty one, is the empty set. Any other byte outside the grammar is an error with its offset in `text`.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        if let Some(offset) = text.bytes().position(|byte| byte != b' ' && !is_scope_byte(byte)) {
            return Err(ScopeError::Byte { offset, byte: text.as_bytes()[offset] });
        }
        let mut seen = Seen::default();
        let words = text.split(' ').filter(|word| !word.is_empty());
        let tokens = words
            .filter(|word| seen.insert(word))
            .map(|word| ScopeToken::from_checked(word.to_owned()))
            .collect();
        Ok(Self { tokens })
    }

    /// Makes a set of single tokens, each of which must follow the grammar.
    pub fn from_tokens<S: AsRef<str>>(tokens: &[S]) -> Result<Self, ScopeError> {
        let mut seen = Seen::default();
        let distinct = tokens.iter().map(AsRef::as_ref).filter(|token| seen.insert(token));
        Ok(Self { tokens: distinct.map(str::parse).collect::<Result<_, _>>()? })
    }

    /// How many tokens the set holds.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the set holds no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Whether the set holds exactly this token (GR-01).
    pub fn contains(&self, token: &str) -> bool {
        self.tokens.iter().any(|held| held.as_str() == token)
    }

    /// Whether the set holds every token of `required`.
    pub fn covers(&self, required: &Self) -> bool {
        self.missing(required).is_empty()
    }

    /// The tokens of `required` that this set does not hold, in the order of `required`.
    #[must_use]
    pub fn missing(&self, required: &Self) -> Self {
        let missing = missing_scopes(&self.tokens, &required.tokens);
        Self { tokens: missing.into_iter().map(ScopeToken::from_checked).collect() }
    }

    /// This set, then what `other` adds to it, each in its own order (UN-02).
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let union = union_scopes(&self.tokens, &other.tokens);
        Self { tokens: union.into_iter().map(ScopeToken::from_checked).collect() }
    }

    /// The tokens, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.tokens.iter().map(ScopeToken::as_str)
    }

    /// The tokens as owned texts, in order.
    pub fn into_strings(self) -> Vec<String> {
        self.tokens.into_iter().map(ScopeToken::into_string).collect()
    }
}

impl PartialEq for ScopeSet {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.covers(other)
    }
}

impl Eq for ScopeSet {}

impl FromStr for ScopeSet {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Writes the `scope` string: the tokens joined by one space each (GR-04).
impl fmt::Display for ScopeSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, token) in self.iter().enumerate() {
            if index > 0 {
                out.write_str(" ")?;
            }
            out.write_str(token)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strings(text: &str) -> Vec<String> {
        ScopeSet::parse(text).unwrap().into_strings()
    }

    #[test]
    fn the_first_of_equal_tokens_stays_where_it_stands() {
        assert_eq!(strings("b a b c a"), ["b", "a", "c"]);
    }

    #[test]
    fn runs_of_spaces_stand_for_one_separator() {
        assert_eq!(strings("  a   b "), ["a", "b"]);
        assert!(strings("").is_empty());
        assert!(strings("   ").is_empty());
    }

    #[test]
    fn only_the_space_separates() {
        for (text, offset) in
            [("a\tb", 1), ("a\nb", 1), ("a\u{a0}b", 1), ("ab \u{2028}", 3), ("a\u{200b}b", 1), ("x a\"b", 3)]
        {
            assert_eq!(ScopeSet::parse(text).unwrap_err().offset(), offset, "{text:?}");
        }
        assert_eq!(strings("a,b a+b;c"), ["a,b", "a+b;c"]);
    }

    #[test]
    fn membership_is_equality_of_whole_tokens() {
        let set = ScopeSet::parse("read ab https://api/x").unwrap();
        assert!(set.contains("read"));
        for stranger in ["READ", "read:all", "rea", "", "ab https://api/x", "https://api/x/"] {
            assert!(!set.contains(stranger), "{stranger}");
        }
    }

    #[test]
    fn what_is_missing_keeps_the_order_of_what_is_required() {
        let granted = ScopeSet::parse("b").unwrap();
        let required = ScopeSet::parse("c b a").unwrap();
        assert_eq!(granted.missing(&required).to_string(), "c a");
        assert!(granted.covers(&ScopeSet::default()));
    }

    #[test]
    fn order_and_repetition_do_not_make_a_set_another() {
        assert_eq!(ScopeSet::parse("a b a").unwrap(), ScopeSet::parse("b a").unwrap());
        assert_ne!(ScopeSet::parse("a b").unwrap(), ScopeSet::parse("a c").unwrap());
        assert_ne!(ScopeSet::parse("a").unwrap(), ScopeSet::parse("a b").unwrap());
    }

    #[test]
    fn single_tokens_may_not_hold_a_space() {
        assert_eq!(ScopeSet::from_tokens(&["a", "b c"]).unwrap_err().offset(), 1);
        assert_eq!(ScopeSet::from_tokens(&["b", "a", "b"]).unwrap().to_string(), "b a");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(tokens in prop::collection::vec("[!#-\\[\\]-~]{1,8}", 0..40)) {
            let set = ScopeSet::from_tokens(&tokens).unwrap();
            let again = ScopeSet::parse(&set.to_string()).unwrap();
            prop_assert_eq!(again.into_strings(), set.into_strings());
        }

        #[test]
        fn no_text_makes_the_reader_panic_or_yield_what_is_no_token(text in any::<String>()) {
            match ScopeSet::parse(&text) {
                Ok(set) => prop_assert!(set.iter().all(|token| token.parse::<ScopeToken>().is_ok())),
                Err(error) => {
                    let byte = text.as_bytes()[error.offset()];
                    prop_assert!(byte != b' ' && !is_scope_byte(byte));
                }
            }
        }
    }
}
