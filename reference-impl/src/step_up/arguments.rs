//! The scopes that a person names at a login (CLI-01).

use crate::scope::{ScopeError, ScopeSet};

/// What follows the verb that logs in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoginArguments {
    /// The value of each `--scope`, in order and verbatim, save that empty ones are left out.
    pub scopes: Vec<String>,
    /// The value of the last `--env`.
    pub env: Option<String>,
}

/// Arguments that a login does not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsageError {
    /// A flag without its value.
    #[error("the flag {flag:?} needs a value; write `{flag} VALUE`, once for each value")]
    Value {
        /// The flag.
        flag: &'static str,
    },
    /// An argument that is no flag, or no flag of a login.
    #[error("unexpected argument {given:?}; name each scope with a `--scope` of its own")]
    Unexpected {
        /// The argument.
        given: String,
    },
    /// A scope outside the grammar.
    #[error("the scope {given:?}: {source}")]
    Scope {
        /// The scope.
        given: String,
        /// What is wrong with it.
        source: ScopeError,
    },
}

impl LoginArguments {
    /// Reads `--scope VALUE`, `--scope=VALUE`, `-s VALUE`, `-sVALUE` and `--env VALUE`. One occurrence takes one value,
    /// and no comma separates anything.
    pub fn read<S: AsRef<str>>(arguments: &[S]) -> Result<Self, UsageError> {
        let mut read = Self::default();
        let mut rest = arguments.iter().map(AsRef::as_ref);
        while let Some(argument) = rest.next() {
            let (flag, joined) = flag_of(argument)?;
            // A value that looks like a flag has to be joined by `=`, or a forgotten value would swallow the next flag.
            let next =
                |argument: Option<&str>| argument.filter(|next| !next.starts_with('-')).map(str::to_owned);
            let value = joined.or_else(|| next(rest.next())).ok_or(UsageError::Value { flag })?;
            match flag {
                "--env" if value.is_empty() => return Err(UsageError::Value { flag }),
                "--env" => read.env = Some(value),
                _ if value.is_empty() => {}
                _ => read.scopes.push(value),
            }
        }
        Ok(read)
    }

    /// The scopes as a set: each value has to be one scope.
    pub fn scope_set(&self) -> Result<ScopeSet, UsageError> {
        for given in &self.scopes {
            ScopeSet::from_tokens(&[given])
                .map_err(|source| UsageError::Scope { given: given.clone(), source })?;
        }
        ScopeSet::from_tokens(&self.scopes)
            .map_err(|source| UsageError::Scope { given: self.scopes.join(" "), source })
    }
}

/// The flag in its long form, and the value that is joined to it.
fn flag_of(argument: &str) -> Result<(&'static str, Option<String>), UsageError> {
    for flag in ["--scope", "--env"] {
        match argument.strip_prefix(flag) {
            Some("") => return Ok((flag, None)),
            Some(rest) if rest.starts_with('=') => {
                return Ok((flag, rest.strip_prefix('=').map(str::to_owned)));
            }
            _ => {}
        }
    }
    match argument.strip_prefix("-s") {
        Some("") => Ok(("--scope", None)),
        Some(rest) => Ok(("--scope", Some(rest.strip_prefix('=').unwrap_or(rest).to_owned()))),
        None => Err(UsageError::Unexpected { given: argument.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[&str]) -> Result<Vec<String>, UsageError> {
        LoginArguments::read(line).map(|read| read.scopes)
    }

    #[test]
    fn the_examples_of_cli_01_hold() {
        let table: &[(&[&str], &[&str])] = &[
            (&[], &[]),
            (&["--scope", "a", "--scope", "b"], &["a", "b"]),
            (&["-sa"], &["a"]),
            (&["-s", "a", "-s=b"], &["a", "b"]),
            (&["--scope=a,b"], &["a,b"]),
            (&["--scope", ""], &[]),
            (&["--scope="], &[]),
            (&["--scope", " "], &[" "]),
            (&["--scope", "a", "--env", "dev", "--scope", "a"], &["a", "a"]),
        ];
        for (line, scopes) in table {
            assert_eq!(read(line).unwrap(), *scopes, "{line:?}");
        }
        assert_eq!(LoginArguments::read(&["--env=dev"]).unwrap().env.as_deref(), Some("dev"));
    }

    #[test]
    fn usage_errors_say_what_to_write() {
        let lines: &[&[&str]] = &[
            &["--scope"],
            &["--scope", "--scope"],
            &["--scope", "a", "b"],
            &["--env", ""],
            &["--scopes", "a"],
            &["-x"],
            &["a\u{1b}"],
        ];
        let told = lines.iter().map(|line| format!("{line:?}: {}", read(line).unwrap_err()));
        insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn one_value_is_one_scope() {
        let set = |line: &[&str]| LoginArguments::read(line).unwrap().scope_set();
        assert_eq!(set(&["-sa", "-sb", "-sa"]).unwrap().to_string(), "a b");
        insta::assert_snapshot!(set(&["--scope", "a b"]).unwrap_err(), @r#"the scope "a b": the byte 0x20 at offset 1 may not stand in a scope token: only 0x21, 0x23-0x5B and 0x5D-0x7E may, and only the space (0x20) separates; take it out"#);
    }
}
