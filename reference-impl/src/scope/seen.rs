//! Which tokens have been seen.

use std::collections::HashSet;

/// Up to this many tokens a scan is faster than hashing.
const FEW: usize = 16;

/// Remembers tokens, in linear time overall. Beyond a few it hashes with a random key, for the tokens may have been
/// chosen by somebody who would like every one of them to collide.
#[derive(Debug)]
pub(super) enum Seen<'a> {
    /// So few that they are compared one by one.
    Few(Vec<&'a str>),
    /// More than that.
    Many(HashSet<&'a str>),
}

impl<'a> Seen<'a> {
    /// Has seen nothing yet, and has room for so many tokens. Growing would hash each of them again.
    pub(super) fn with_room(count: usize) -> Self {
        if count <= FEW {
            Self::Few(Vec::with_capacity(count))
        } else {
            Self::Many(HashSet::with_capacity(count))
        }
    }

    /// Remembers the token, and tells whether it is new.
    pub(super) fn insert(&mut self, token: &'a str) -> bool {
        match self {
            Self::Few(tokens) => {
                let new = !tokens.contains(&token);
                if new {
                    tokens.push(token);
                }
                new
            }
            Self::Many(tokens) => tokens.insert(token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_forgotten_be_there_few_tokens_or_many() {
        for count in [0, 1, FEW, FEW + 1, 3 * FEW] {
            let tokens: Vec<String> = (0..count).map(|number| format!("scope-{number}")).collect();
            let mut seen = Seen::with_room(count);
            assert_eq!(matches!(seen, Seen::Few(_)), count <= FEW, "{count}");
            for token in &tokens {
                assert!(seen.insert(token));
                assert!(!seen.insert(token));
            }
            assert!(!tokens.iter().any(|token| seen.insert(token)));
        }
    }
}
