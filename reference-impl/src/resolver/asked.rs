//! The bookkeeping of a resolver.

use crate::scope::{missing_scopes, union_of, union_scopes};

/// What a command declares, and what has been requested for it.
///
/// What was *requested* counts, not what was granted: a scope that was declined is not asked for at every call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    declared: Vec<String>,
    requested: Option<Vec<String>>,
}

impl Asked {
    /// Starts with the scopes that the command declares.
    pub fn new(declared: &[String]) -> Self {
        Self { declared: union_scopes(declared, &[]), requested: None }
    }

    /// What to ask the provider for, so that the declared and these further scopes have been requested; `None` where
    /// they have been already.
    pub fn next(&self, extra: &[String]) -> Option<Vec<String>> {
        let want = union_scopes(&self.declared, extra);
        match &self.requested {
            None => Some(want),
            Some(requested) if missing_scopes(requested, &want).is_empty() => None,
            Some(requested) => Some(union_of(&[requested, &want])),
        }
    }

    /// Notes that the provider answered. After a failure there is nothing to note, and nothing changes (RES-02).
    pub fn note(&mut self, requested: Vec<String>) {
        self.requested = Some(requested);
    }

    /// What has been requested; empty before the first answer.
    pub fn requested(&self) -> &[String] {
        self.requested.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_has_been_requested_is_not_requested_again() {
        let mut asked = Asked::new(&texts(&["base:read"]));
        let first = asked.next(&[]).unwrap();
        assert_eq!(first, ["base:read"]);
        asked.note(first);
        assert_eq!(asked.next(&[]), None);
        let wider = asked.next(&texts(&["extra:write"])).unwrap();
        assert_eq!(wider, ["base:read", "extra:write"]);
        // The provider failed: nothing is noted, and the next call asks again (RES-02).
        assert_eq!(asked.next(&texts(&["extra:write"])), Some(wider.clone()));
        assert_eq!(asked.next(&[]), None);
        asked.note(wider);
        assert_eq!(asked.next(&texts(&["extra:write", "base:read"])), None);
        let widest = asked.next(&texts(&["y"])).unwrap();
        assert_eq!(widest, ["base:read", "extra:write", "y"]);
        assert_eq!(asked.requested(), ["base:read", "extra:write"]);
    }

    #[test]
    fn a_command_without_scopes_still_asks_once() {
        let mut asked = Asked::new(&[]);
        assert_eq!(asked.next(&[]), Some(Vec::new()));
        asked.note(Vec::new());
        assert_eq!(asked.next(&[]), None);
        assert_eq!(Asked::new(&texts(&["a", "a"])).next(&texts(&["a"])), Some(texts(&["a"])));
    }
}
