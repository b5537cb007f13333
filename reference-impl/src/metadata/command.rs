//! The scopes of a command.

use crate::scope::{ScopeError, ScopeSet};

/// The scopes that a command declares. There is one truth, the set; both views are made from it, so that they cannot
/// disagree (MD-03).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandScopes {
    scopes: ScopeSet,
}

impl CommandScopes {
    /// Replaces the scopes by a list, each element of which is one scope.
    pub fn set_scopes<S: AsRef<str>>(&mut self, scopes: &[S]) -> Result<(), ScopeError> {
        self.scopes = ScopeSet::from_tokens(scopes)?;
        Ok(())
    }

    /// The same, for building.
    pub fn with_scopes<S: AsRef<str>>(mut self, scopes: &[S]) -> Result<Self, ScopeError> {
        self.set_scopes(scopes)?;
        Ok(self)
    }

    /// Replaces the scopes by a `scope` string; `None` and an empty one leave none.
    pub fn set_joined(&mut self, joined: Option<&str>) -> Result<(), ScopeError> {
        self.scopes = ScopeSet::parse(joined.unwrap_or_default())?;
        Ok(())
    }

    /// The list view.
    pub fn list(&self) -> Vec<String> {
        self.scopes.clone().into_strings()
    }

    /// The view of the metadata key `scopes`: joined by spaces, absent where there is none.
    pub fn joined(&self) -> Option<String> {
        if self.scopes.is_empty() { None } else { Some(self.scopes.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_views_change_together() {
        let mut scopes = CommandScopes::default().with_scopes(&["a", "b", "a"]).unwrap();
        assert_eq!((scopes.list().join(" "), scopes.joined().as_deref()), ("a b".into(), Some("a b")));
        scopes.set_joined(Some(" c  d ")).unwrap();
        assert_eq!((scopes.list().join(" "), scopes.joined().as_deref()), ("c d".into(), Some("c d")));
        scopes.set_scopes::<&str>(&[]).unwrap();
        assert_eq!((scopes.list().len(), scopes.joined()), (0, None));
    }

    #[test]
    fn what_would_part_the_views_is_refused_and_changes_nothing() {
        let mut scopes = CommandScopes::default().with_scopes(&["a"]).unwrap();
        for wrong in ["", "a b", "a\"b"] {
            assert!(scopes.set_scopes(&[wrong]).is_err());
        }
        assert!(scopes.set_joined(Some("a\tb")).is_err());
        assert_eq!(scopes.joined().as_deref(), Some("a"));
    }
}
