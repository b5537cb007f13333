//! Which tokens have been seen.

use std::collections::HashSet;

/// Up to this many tokens a scan is faster than hashing.
const FEW: usize = 16;

/// Remembers tokens, in linear time overall. Beyond a few it hashes with a random key, for the tokens may have been
/// chosen by somebody who would like every one of them to collide.
#[derive(Debug, Default)]
pub(super) struct Seen<'a> {
    few: Vec<&'a str>,
    many: HashSet<&'a str>,
}

impl<'a> Seen<'a> {
    /// Remembers the token, and tells whether it is new.
    pub(super) fn insert(&mut self, token: &'a str) -> bool {
        if self.many.is_empty() && self.few.len() < FEW {
            let new = !self.few.contains(&token);
            if new {
                self.few.push(token);
            }
            return new;
        }
        if self.many.is_empty() {
            self.many.extend(self.few.drain(..));
        }
        self.many.insert(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_forgotten_when_the_few_become_many() {
        let tokens: Vec<String> = (0..3 * FEW).map(|number| format!("scope-{number}")).collect();
        let mut seen = Seen::default();
        for token in &tokens {
            assert!(seen.insert(token));
            assert!(!seen.insert(token));
        }
        assert!(!tokens.iter().any(|token| seen.insert(token)));
    }
}
