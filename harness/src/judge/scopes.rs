//! The judge's own reader of scope strings and its set operations.

use std::fmt;

use indexmap::IndexSet;

/// A set of scopes, in the order in which it was read; a scope that is repeated is kept once. Members are found by a keyed hash: a subject
/// chooses how many there are.
#[derive(Debug, Clone, Default)]
pub struct Scopes(IndexSet<String>);

impl PartialEq for Scopes {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().eq(&other.0)
    }
}

impl Eq for Scopes {}

impl Scopes {
    /// Reads a `scope` string: the space (0x20) is the only separator (RFC 6749 section 3.3). Runs of spaces separate once, so that
    /// a badly spaced answer is judged for its spacing by the check that asks for it, and nowhere else.
    pub fn read(text: &str) -> Self {
        Self::collect(text.split(' ').filter(|token| !token.is_empty()))
    }

    /// Puts a list of scopes into a set.
    pub fn collect<'a>(tokens: impl IntoIterator<Item = &'a str>) -> Self {
        Self(tokens.into_iter().map(str::to_owned).collect())
    }

    /// Whether the scope is a member, octet by octet.
    pub fn contains(&self, token: &str) -> bool {
        self.0.contains(token)
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The members that the other set lacks.
    pub fn minus(&self, other: &Self) -> Vec<String> {
        self.0.iter().filter(|member| !other.contains(member)).cloned().collect()
    }

    /// Whether every member is one of the other set.
    pub fn within(&self, other: &Self) -> bool {
        self.0.iter().all(|member| other.contains(member))
    }

    /// Whether both hold the same members; order has no meaning.
    pub fn same(&self, other: &Self) -> bool {
        self.within(other) && other.within(self)
    }

    /// The members that both hold.
    pub fn shared(&self, other: &Self) -> Vec<String> {
        self.0.iter().filter(|member| other.contains(member)).cloned().collect()
    }

    /// This set and what the other one adds.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            f.write_str("(none)")
        } else {
            f.write_str(&self.0.iter().map(String::as_str).collect::<Vec<_>>().join(" "))
        }
    }
}

/// Whether the text is one scope token: one or more of 0x21, 0x23-0x5B, 0x5D-0x7E (RFC 6749 section 3.3).
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| matches!(octet, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
}

/// Whether the text follows the grammar: tokens, joined by exactly one space each.
pub fn keeps_grammar(text: &str) -> bool {
    text.split(' ').all(is_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_space_separates() {
        assert_eq!(Scopes::read("a,b a\tb c").iter().collect::<Vec<_>>(), ["a,b", "a\tb", "c"]);
        assert_eq!(Scopes::read(" a  a b ").len(), 2);
        assert!(Scopes::read("").is_empty());
    }

    #[test]
    fn sets_compare_without_order_and_with_case() {
        assert!(Scopes::read("a b").same(&Scopes::read("b a a")));
        assert!(!Scopes::read("a").same(&Scopes::read("A")));
        assert_eq!(Scopes::read("a b c").minus(&Scopes::read("b")), ["a", "c"]);
    }

    #[test]
    fn the_grammar_allows_one_space_between_tokens_and_none_elsewhere() {
        assert!(keeps_grammar("a b:c/d!"));
        for bad in ["", " a", "a ", "a  b", "a\"", "a\\", "a\tb", "é", "a\u{7f}"] {
            assert!(!keeps_grammar(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_hostile_number_of_scopes_is_compared_in_one_pass() {
        let many: Vec<String> = (0..200_000).map(|number| format!("s{number}")).collect();
        let set = Scopes::read(&many.join(" "));
        assert_eq!(set.len(), 200_000);
        assert!(set.same(&Scopes::collect(many.iter().rev().map(String::as_str))));
    }
}
