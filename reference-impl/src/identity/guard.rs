//! The comparison that comes before anything is stored (ID-03, ID-04).

use super::derive::Identity;

/// Another identity than before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the login was made with a different identity: {before:?} before, {after:?} now; nothing was stored: log in as \
     the former, or log out first"
)]
pub struct IdentityChanged {
    /// The key before.
    pub before: String,
    /// The key now.
    pub after: String,
}

/// Refuses a change of identity. Where either key is empty nothing can be compared, and `false` says so.
pub fn same_identity(before: &Identity, after: &Identity) -> Result<bool, IdentityChanged> {
    let (before, after) = (before.key(), after.key());
    if before.is_empty() || after.is_empty() {
        return Ok(false);
    }
    if before == after {
        return Ok(true);
    }
    Err(IdentityChanged { before: before.to_owned(), after: after.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(before: (&str, &str), after: (&str, &str)) -> Result<bool, IdentityChanged> {
        let identity =
            |(name, subject): (&str, &str)| Identity { name: name.into(), subject: subject.into() };
        same_identity(&identity(before), &identity(after))
    }

    #[test]
    fn the_examples_of_id_03_hold() {
        assert!(same(("", "user-a"), ("", "user-b")).is_err());
        assert!(same(("", "User-A"), ("", "user-a")).is_err());
        assert_eq!(same(("a@x", "u1"), ("b@x", "u1")), Ok(true));
        assert!(same(("u1", "u1"), ("u1@x", "")).is_err());
        assert_eq!(same(("", ""), ("", "")), Ok(false));
        assert_eq!(same(("", "a"), ("", "")), Ok(false));
    }

    #[test]
    fn the_message_shows_both_keys_escaped() {
        let error = same(("", "user-a"), ("", "b\n")).unwrap_err();
        insta::assert_snapshot!(error, @r#"the login was made with a different identity: "user-a" before, "b\n" now; nothing was stored: log in as the former, or log out first"#);
    }
}
