//! The check of a configuration, before anything is bound.

use std::collections::HashSet;

use url::Url;

use super::config::ResourceConfig;
use crate::scope::ScopeToken;

/// Why a configuration cannot be meant so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The name of an operation is no path segment that can be written as it is, or belongs to something else.
    #[error(
        "operation '{0}': the name must be letters, digits and -._~ and neither 'mcp' nor '.' nor '..'; choose another"
    )]
    Name(String),
    /// Two operations have the same name.
    #[error("operation '{0}' is there twice; give each a name of its own")]
    Repeated(String),
    /// A scope is outside the grammar of RFC 6749 section 3.3.
    #[error(
        "{place}: '{scope}' is no scope (RFC 6749 section 3.3); write printable ASCII without space, quotation mark and backslash"
    )]
    Scope {
        /// Where the scope stands.
        place: String,
        /// The scope as it was written, escaped.
        scope: String,
    },
    /// The issuer is no address.
    #[error(
        "the issuer '{0}' is no http or https URL without query and fragment; name the issuer as its metadata do"
    )]
    Issuer(String),
}

/// Checks a configuration.
pub(super) fn check(config: &ResourceConfig) -> Result<(), ConfigError> {
    let good_issuer = Url::parse(&config.issuer).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none()
    });
    if !good_issuer {
        return Err(ConfigError::Issuer(config.issuer.escape_debug().to_string()));
    }
    let mut names = HashSet::new();
    for operation in &config.operations {
        let name = operation.name.as_str();
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if name.is_empty() || !name.bytes().all(unreserved) || matches!(name, "mcp" | "." | "..") {
            return Err(ConfigError::Name(name.escape_debug().to_string()));
        }
        if !names.insert(name) {
            return Err(ConfigError::Repeated(name.to_owned()));
        }
        check_scopes(&format!("operation '{name}'"), &operation.requires)?;
    }
    check_scopes("scopes_supported", config.scopes_supported.as_deref().unwrap_or_default())?;
    check_scopes("initial_scope", &config.initial_scope)
}

fn check_scopes(place: &str, scopes: &[String]) -> Result<(), ConfigError> {
    match scopes.iter().find(|scope| scope.parse::<ScopeToken>().is_err()) {
        None => Ok(()),
        Some(scope) => {
            Err(ConfigError::Scope { place: place.to_owned(), scope: scope.escape_debug().to_string() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Operation;

    fn refused(operations: Vec<Operation>) -> String {
        let config = ResourceConfig {
            issuer: "http://127.0.0.1:1".to_owned(),
            operations,
            ..ResourceConfig::default()
        };
        check(&config).unwrap_err().to_string()
    }

    #[test]
    fn every_mistake_is_named_with_what_to_write_instead() {
        let good = ResourceConfig { issuer: "http://127.0.0.1:1".to_owned(), ..ResourceConfig::default() };
        assert_eq!(check(&good), Ok(()));
        let no_issuer = check(&ResourceConfig::default()).unwrap_err();
        let bad_list =
            check(&ResourceConfig { scopes_supported: Some(vec!["a b".to_owned()]), ..good }).unwrap_err();
        let all = [
            refused(vec![Operation::all("a/b", &[])]),
            refused(vec![Operation::all("mcp", &[])]),
            refused(vec![Operation::all("a", &[]), Operation::any("a", &["x"])]),
            refused(vec![Operation::all("a", &["x\"y\u{1b}"])]),
            no_issuer.to_string(),
            bad_list.to_string(),
        ];
        insta::assert_snapshot!(all.join("\n"));
    }
}
