//! What is missing under a strategy.

use std::collections::{HashMap, HashSet};

use super::strategy::Strategy;
use crate::scope::missing_scopes;

/// The scopes of `required` that no scope of `granted` covers, in the order of `required` and without duplicates.
///
/// The cost is linear for [`Strategy::Exact`] and [`Strategy::Hierarchic`]. For [`Strategy::Wildcard`] it is linear in
/// `required`, which a stranger chooses, times the patterns in `granted`, which an operator writes.
pub fn missing_under<S: AsRef<str>>(strategy: Strategy, granted: &[S], required: &[S]) -> Vec<String> {
    let unequal = missing_scopes(granted, required);
    match strategy {
        Strategy::Exact => unequal,
        Strategy::Hierarchic => {
            let levels = Levels::of(granted);
            unequal.into_iter().filter(|asked| !levels.cover(asked)).collect()
        }
        Strategy::Wildcard => {
            let patterns: HashSet<&str> =
                granted.iter().map(AsRef::as_ref).filter(|held| held.contains('*')).collect();
            let covered = |asked: &str| patterns.iter().any(|held| strategy.admits(held, asked));
            unequal.into_iter().filter(|asked| !covered(asked)).collect()
        }
    }
}

/// The scopes that are held as a tree of their levels, so that an asked one is walked once.
#[derive(Debug, Default)]
struct Levels<'a> {
    children: HashMap<(usize, &'a str), usize>,
    ends: HashSet<usize>,
    next: usize,
}

impl<'a> Levels<'a> {
    fn of<S: AsRef<str>>(granted: &'a [S]) -> Self {
        let mut levels = Self::default();
        for held in granted.iter().map(AsRef::as_ref).filter(|held| !held.is_empty()) {
            let mut node = 0;
            for level in held.split('.') {
                levels.next += 1;
                node = *levels.children.entry((node, level)).or_insert(levels.next);
            }
            levels.ends.insert(node);
        }
        levels
    }

    fn cover(&self, asked: &str) -> bool {
        let mut node = 0;
        asked.split('.').any(|level| {
            // A node that does not exist has no children either.
            node = self.children.get(&(node, level)).copied().unwrap_or(usize::MAX);
            self.ends.contains(&node)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, prop_assert, proptest};

    use super::*;

    #[test]
    fn one_of_several_covers() {
        let granted = ["a.b", "c", "x.*"];
        let required = ["c.d", "a.b.c", "a", "x.y", "a"];
        assert_eq!(missing_under(Strategy::Exact, &granted, &required), ["c.d", "a.b.c", "a", "x.y"]);
        assert_eq!(missing_under(Strategy::Hierarchic, &granted, &required), ["a", "x.y"]);
        assert_eq!(missing_under(Strategy::Wildcard, &granted, &required), ["c.d", "a.b.c", "a"]);
    }

    proptest! {
        #[test]
        fn a_list_misses_what_none_of_its_scopes_admits(
            granted in prop::collection::vec("[ab*.]{0,5}", 0..6),
            required in prop::collection::vec("[ab*.]{0,5}", 0..6),
        ) {
            for strategy in Strategy::ALL {
                let none = |asked: &&String| !granted.iter().any(|held| strategy.admits(held, asked));
                let expected: Vec<&String> = required.iter().filter(none).collect();
                let missing = missing_under(*strategy, &granted, &required);
                prop_assert!(expected.iter().all(|asked| missing.contains(asked)), "{}", strategy);
                prop_assert!(missing.iter().all(|asked| expected.contains(&asked)), "{}", strategy);
            }
        }
    }
}
