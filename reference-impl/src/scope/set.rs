//! An ordered set of scope tokens.

use std::fmt;
use std::str::FromStr;

use super::token::{ScopeError, check_bytes, check_token, is_scope_byte};
use super::union::{distinct_scopes, keep_first, missing_of};

/// Scope tokens without duplicates, in the order of first occurrence.
///
/// The order is kept for what is written; it has no meaning (RFC 6749 section 3.3), so two sets are equal when they
/// hold the same tokens.
#[derive(Debug, Clone, Default)]
pub struct ScopeSet {
    /// The tokens as they are written, one space between two.
    text: String,
    /// How many there are.
    count: usize,
}

impl ScopeSet {
    /// Reads a `scope` string.
    ///
    /// The space (0x20) is the only separator. RFC 6749 says nothing about spaces at the ends or several between two
    /// tokens: they are accepted and stand for one separator, here as everywhere in this crate. A text of spaces, or
    /// an empty one, is the empty set. Any other byte outside the grammar is an error with its offset in `text`.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        check_bytes(text, |byte| byte == b' ' || is_scope_byte(byte))?;
        let mut tokens: Vec<&str> = words(text).collect();
        keep_first(&mut tokens);
        Ok(Self::of(&tokens))
    }

    /// Makes a set of single tokens, each of which must follow the grammar.
    pub fn from_tokens<S: AsRef<str>>(tokens: &[S]) -> Result<Self, ScopeError> {
        tokens.iter().try_for_each(|token| check_token(token.as_ref()))?;
        Ok(Self::of(&distinct_scopes(&[tokens])))
    }

    /// The set of tokens that have been checked, no two of them equal.
    fn of(tokens: &[&str]) -> Self {
        Self { text: tokens.join(" "), count: tokens.len() }
    }

    /// How many tokens the set holds.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether the set holds no token.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether the set holds exactly this token (GR-01).
    pub fn contains(&self, token: &str) -> bool {
        self.iter().any(|held| held == token)
    }

    /// Whether the set holds every token of `required`.
    pub fn covers(&self, required: &Self) -> bool {
        self.missing(required).is_empty()
    }

    /// The tokens of `required` that this set does not hold, in the order of `required`.
    #[must_use]
    pub fn missing(&self, required: &Self) -> Self {
        Self::of(&missing_of(&self.tokens(), &required.tokens()))
    }

    /// This set, then what `other` adds to it, each in its own order (UN-02).
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::of(&distinct_scopes(&[&self.tokens(), &other.tokens()]))
    }

    /// The tokens, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        words(&self.text)
    }

    /// The same as a list.
    fn tokens(&self) -> Vec<&str> {
        self.iter().collect()
    }

    /// The tokens as owned texts, in order.
    pub fn into_strings(self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}

/// What stands between spaces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
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
        out.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scope::ScopeToken;

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
    fn a_union_of_sets_begins_with_the_first_and_counts_each_token_once() {
        let set = |text: &str| ScopeSet::parse(text).unwrap();
        let union = set("b a").union(&set("a c"));
        assert_eq!((union.to_string().as_str(), union.len()), ("b a c", 3));
        assert_eq!((set("").len(), set("a").len()), (0, 1));
        assert_eq!(ScopeSet::default().union(&set("a")).to_string(), "a");
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
