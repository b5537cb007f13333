//! The schema that a baseline passes before it is a configuration at all (CFG-06).

use crate::scope::{ScopeError, ScopeToken};

/// The most scopes that a baseline may have.
pub const BASELINE_LIMIT: usize = 10;

/// Why a baseline is not admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdmissionError {
    /// Too many scopes.
    #[error("the baseline has {count} scopes and may have {BASELINE_LIMIT}; take some out")]
    Count {
        /// How many.
        count: usize,
    },
    /// An item that is no scope.
    #[error("item {index} of the baseline: {source}")]
    Item {
        /// Which one, counted from 0.
        index: usize,
        /// What is wrong with it.
        source: ScopeError,
    },
}

/// Admits a baseline: at most [`BASELINE_LIMIT`] items, each a scope of the grammar. Duplicates are admitted, and the
/// length of an item is not limited.
pub fn admit_baseline(items: &[String]) -> Result<(), AdmissionError> {
    if items.len() > BASELINE_LIMIT {
        return Err(AdmissionError::Count { count: items.len() });
    }
    for (index, item) in items.iter().enumerate() {
        item.parse::<ScopeToken>().map_err(|source| AdmissionError::Item { index, source })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admit(items: &[&str]) -> Result<(), AdmissionError> {
        admit_baseline(&items.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn the_examples_of_cfg_06_hold() {
        for item in ["openid", "read:all", "https://api/x", "a,b", "*", "!#[]~"] {
            assert_eq!(admit(&[item, item]), Ok(()), "{item}");
        }
        for item in ["", " ", "foo bar", "a\"b", "a\\b", "é", "a\tb", "a\n", "a\u{7f}"] {
            assert!(admit(&["a", item]).is_err(), "{item:?}");
        }
        assert_eq!(admit(&["a"; 10]), Ok(()));
    }

    #[test]
    fn a_refusal_names_the_item() {
        insta::assert_snapshot!(admit(&["a"; 11]).unwrap_err(), @"the baseline has 11 scopes and may have 10; take some out");
        insta::assert_snapshot!(admit(&["a", "b c"]).unwrap_err(), @"item 1 of the baseline: the byte 0x20 at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out");
    }
}
