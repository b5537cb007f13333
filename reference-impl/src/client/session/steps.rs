//! How often a step-up was made (MCP-SU-6).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Counts step-ups, for each operation of each resource.
#[derive(Debug, Default)]
pub(super) struct Steps {
    made: Mutex<HashMap<(String, String), u32>>,
}

impl Steps {
    /// Counts one more, unless the limit is reached; tells how many were made where it is.
    pub(super) fn take(&self, resource: &str, operation: &str, limit: Option<u32>) -> Result<(), u32> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = made.entry((resource.to_owned(), operation.to_owned())).or_default();
        if limit.is_some_and(|limit| *made >= limit) {
            return Err(*made);
        }
        *made = made.saturating_add(1);
        Ok(())
    }

    /// Forgets what was counted for an operation that has succeeded.
    pub(super) fn clear(&self, resource: &str, operation: &str) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.remove(&(resource.to_owned(), operation.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_limit_of_its_own() {
        let steps = Steps::default();
        assert_eq!(steps.take("r", "a", Some(2)), Ok(()));
        assert_eq!(steps.take("r", "a", Some(2)), Ok(()));
        assert_eq!(steps.take("r", "a", Some(2)), Err(2));
        assert_eq!(steps.take("r", "b", Some(2)), Ok(()));
        assert_eq!(steps.take("s", "a", Some(2)), Ok(()));
        steps.clear("r", "a");
        assert_eq!(steps.take("r", "a", Some(2)), Ok(()));
    }
}
