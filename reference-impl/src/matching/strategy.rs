//! The strategies.

use crate::words::words;

words! {
    /// How a scope that is held is compared with one that is asked for.
    pub enum Strategy: "matching strategy" {
        /// Byte for byte.
        Exact = "exact",
        /// What is held covers itself and everything below it, where a dot separates the levels.
        Hierarchic = "hierarchic",
        /// In what is held, `*` in place of a whole level covers one level that is not empty; at the end, one or more.
        Wildcard = "wildcard",
    }
}

impl Strategy {
    /// Whether `held` covers `asked`. The direction matters: what is held may cover more than itself, what is asked
    /// stands for itself only.
    ///
    /// The empty text is no scope and covers nothing but itself. The library that AZ-12 describes lets it cover, as
    /// parent of everything, what begins with a dot: a quirk.
    pub fn admits(self, held: &str, asked: &str) -> bool {
        held == asked
            || match self {
                Self::Exact => false,
                Self::Hierarchic => !held.is_empty() && below(held, asked),
                Self::Wildcard => wildcard(held, asked),
            }
    }
}

/// Whether `asked` is a level or more below `held`.
fn below(held: &str, asked: &str) -> bool {
    asked.strip_prefix(held).is_some_and(|rest| rest.starts_with('.'))
}

/// Compares level by level; a `*` inside a level is a character like any other.
fn wildcard(held: &str, asked: &str) -> bool {
    let mut asked = asked.split('.');
    let mut held = held.split('.').peekable();
    while let Some(pattern) = held.next() {
        let Some(level) = asked.next() else { return false };
        let any = pattern == "*" && !level.is_empty();
        if any && held.peek().is_none() {
            return true;
        }
        if !any && pattern != level {
            return false;
        }
    }
    asked.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(strategy: Strategy, table: &[(&str, &str, bool)]) {
        for (held, asked, covered) in table {
            assert_eq!(strategy.admits(held, asked), *covered, "{strategy}: {held:?} and {asked:?}");
        }
    }

    #[test]
    fn exact_is_equality_of_bytes() {
        check(
            Strategy::Exact,
            &[
                ("read", "read", true),
                ("read", "Read", false),
                ("read", "read.all", false),
                ("*", "read", false),
            ],
        );
    }

    #[test]
    fn hierarchic_reaches_down_and_never_up() {
        check(
            Strategy::Hierarchic,
            &[
                ("a.b", "a.b", true),
                ("a.b", "a.b.c", true),
                ("read", "read.all", true),
                ("read", "read:all", false),
                ("read.all", "read", false),
                ("a.b", "a.bc", false),
                ("a", "a.", true),
                ("a.", "a.b", false),
                ("", ".x", false),
                ("read", "Read.all", false),
            ],
        );
    }

    #[test]
    fn wildcard_covers_levels_and_no_parts_of_them() {
        check(
            Strategy::Wildcard,
            &[
                ("*", "read", true),
                ("*", "a.b.c", true),
                ("*", "", false),
                ("read.*", "read.a", true),
                ("read.*", "read.a.b", true),
                ("read.*", "read.a..b", true),
                ("read.*", "read.a.", true),
                ("read.*", "read", false),
                ("read.*", "read.", false),
                ("read.*", "read..a", false),
                ("read:*", "read:x", false),
                ("re*", "read", false),
                ("re*", "re*", true),
                ("*.read", "x.read", true),
                ("*.read", "x.y.read", false),
                ("a.*.c", "a.b.c", true),
                ("a.*.c", "a..c", false),
                ("read", "*", false),
            ],
        );
    }
}
