//! Coverage (SU-02).

use crate::matching::{Strategy, missing_under};
use crate::scope::missing_scopes;

/// Whether what is granted covers what is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The scopes that are required and not covered, in the order of the requirement, without duplicates.
    pub missing: Vec<String>,
}

impl Coverage {
    /// Whether nothing is missing. An empty requirement is always covered.
    pub fn covered(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Compares byte for byte. Order and duplicates decide nothing (RFC 6749 section 3.3).
pub fn covers<S: AsRef<str>>(granted: &[S], required: &[S]) -> Coverage {
    Coverage { missing: missing_scopes(granted, required) }
}

/// Compares under a strategy that both sides have agreed on.
pub fn covers_under<S: AsRef<str>>(strategy: Strategy, granted: &[S], required: &[S]) -> Coverage {
    Coverage { missing: missing_under(strategy, granted, required) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equality_covers_unless_a_strategy_was_agreed_on() {
        let coverage = covers(&["a.b", "ab c"], &["a.b.c", "b", "A.b", "a.b", "b"]);
        assert_eq!(coverage.missing, ["a.b.c", "b", "A.b"]);
        assert!(!coverage.covered());
        assert!(covers::<&str>(&[], &[]).covered());
        assert!(covers_under(Strategy::Hierarchic, &["a.b"], &["a.b.c"]).covered());
    }
}
