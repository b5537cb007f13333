//! `NAME` and `NAME/TABLE`, as `--target` takes them.

use std::{fmt, str::FromStr};

/// A target, and the table of it that is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TargetRef {
    /// The name of the target.
    pub name: String,
    /// The name of the table.
    pub table: String,
}

impl TargetRef {
    /// Reads `NAME` (table `default`) or `NAME/TABLE`.
    pub fn parse(text: &str) -> Result<Self, TargetRefError> {
        let (name, table) = text.split_once('/').unwrap_or((text, "default"));
        // The name becomes part of a path, so it must not climb out of `targets/`.
        let plain = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        };
        if plain(name) && plain(table) {
            Ok(Self { name: name.to_owned(), table: table.to_owned() })
        } else {
            Err(TargetRefError { text: text.to_owned() })
        }
    }
}

impl FromStr for TargetRef {
    type Err = TargetRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for TargetRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.table == "default" { f.pad(&self.name) } else { write!(f, "{}/{}", self.name, self.table) }
    }
}

/// Text that names no target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no name of a target; write NAME or NAME/TABLE, such as `oidc-provider/jwt`, of ASCII letters, digits, `-`, `_` and `.`"
)]
pub struct TargetRefError {
    /// What was written.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_named_with_or_without_its_table() {
        let named = |text: &str| TargetRef::parse(text).map(|target| (target.name, target.table));
        assert_eq!(named("oidc-provider"), Ok(("oidc-provider".into(), "default".into())));
        assert_eq!(named("oidc-provider/jwt"), Ok(("oidc-provider".into(), "jwt".into())));
        assert_eq!(TargetRef::parse("a/default").unwrap().to_string(), "a");
        assert_eq!(TargetRef::parse("a/b").unwrap().to_string(), "a/b");
    }

    #[test]
    fn a_name_cannot_leave_the_folder_of_targets() {
        for text in ["", "/", "a/", "/a", "../a", "a/../b", "a/b/c", "a b", ".", "..", "a\0", "C:\\x"] {
            assert!(TargetRef::parse(text).is_err(), "{text:?}");
        }
        insta::assert_snapshot!(TargetRef::parse("../a").unwrap_err(),
            @"`../a` is no name of a target; write NAME or NAME/TABLE, such as `oidc-provider/jwt`, of ASCII letters, digits, `-`, `_` and `.`");
    }
}
