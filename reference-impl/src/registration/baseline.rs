//! Whether a baseline may be started with.

use std::fmt::Write as _;

use super::expand::effective_supported;
use crate::scope::missing_scopes;

/// The configuration field that holds the baseline (CFG-01).
pub const BASELINE_FIELD: &str = "baseline_client_scopes";

/// A scope of a configured list that the server does not support (CFG-04).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} contains {} which is not in scopes_supported", quoted(.offending))]
pub struct BaselineError {
    /// The configuration field.
    pub field: &'static str,
    /// The first scope that is not supported, in the order of the list.
    pub offending: String,
}

/// Checks that every scope of a configured list is supported, where no configured `supported` means the default
/// ones (CFG-02, CFG-04). An empty list always passes.
pub fn validate_baseline(
    field: &'static str,
    baseline: &[String],
    supported: &[String],
) -> Result<(), BaselineError> {
    let mut missing = missing_scopes(&effective_supported(supported), baseline);
    if missing.is_empty() { Ok(()) } else { Err(BaselineError { field, offending: missing.swap_remove(0) }) }
}

/// A text in double quotes, with the escapes of Go, since the message is a contract (CFG-04).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            other if other.is_ascii_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\x{:02x}", u32::from(other));
            }
            other if other.is_control() || (other.is_whitespace() && other != ' ') => {
                let _ = write!(out, "\\u{:04x}", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(baseline: &[&str], supported: &[&str]) -> Result<(), String> {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let result = validate_baseline(BASELINE_FIELD, &owned(baseline), &owned(supported));
        result.map_err(|error| error.offending)
    }

    #[test]
    fn the_examples_of_cfg_04_hold() {
        assert_eq!(check(&[], &["openid"]), Ok(()));
        assert_eq!(check(&["openid"], &["openid", "profile"]), Ok(()));
        assert_eq!(check(&["openid", "openid"], &["openid"]), Ok(()));
        assert_eq!(check(&["openid", "offline_access"], &["openid"]), Err("offline_access".into()));
        assert_eq!(check(&["foo", "bar"], &["openid"]), Err("foo".into()));
        assert_eq!(check(&["offline_access"], &[]), Ok(()));
        assert_eq!(check(&["custom_scope"], &[]), Err("custom_scope".into()));
        assert_eq!(check(&["OpenID"], &["openid"]), Err("OpenID".into()));
        assert_eq!(check(&[""], &[]), Err(String::new()));
        assert_eq!(check(&[""], &[""]), Ok(()));
    }

    #[test]
    fn the_message_has_the_shape_of_cfg_04() {
        let error =
            |scope: &str| BaselineError { field: BASELINE_FIELD, offending: scope.to_owned() }.to_string();
        insta::assert_snapshot!(error("admin:read"), @r#"baseline_client_scopes contains "admin:read" which is not in scopes_supported"#);
        insta::assert_snapshot!(error("a\"b\\c\n\u{1}\u{a0}é"), @r#"baseline_client_scopes contains "a\"b\\c\n\x01\u00a0é" which is not in scopes_supported"#);
    }
}
