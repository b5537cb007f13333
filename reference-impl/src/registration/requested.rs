//! The scopes that the body of a registration requests (DCR-02).

use serde_json::Value;

use crate::claims::{Members, split_white_space, type_of};
use crate::scope::{ScopeError, ScopeSet};

/// Why the body of a registration does not tell what it requests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestedError {
    /// `scope` has a type that is not read.
    #[error(
        "`scope` of the registration is {found}; RFC 7591 section 2 makes it a string of scopes separated by spaces"
    )]
    Type {
        /// What it is, with an article.
        found: &'static str,
    },
    /// `scope` does not follow the grammar.
    #[error("`scope` of the registration is malformed: {0}")]
    Malformed(#[from] ScopeError),
    /// `scope` stands in the body more than once.
    #[error("`scope` stands in the registration {count} times; send it once")]
    Repeated {
        /// How often.
        count: usize,
    },
}

/// The requested scopes by RFC 7591 section 2: a string. Absent, null, empty and blank request none.
pub fn read_requested(body: &Members) -> Result<Vec<String>, RequestedError> {
    let count = body.count("scope");
    if count > 1 {
        return Err(RequestedError::Repeated { count });
    }
    match body.get("scope") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(ScopeSet::parse(text)?.into_strings()),
        Some(other) => Err(RequestedError::Type { found: type_of(other) }),
    }
}

/// Profile `toolhive`: split at any white space; an array is read too, its elements trimmed and not split, null as good
/// as empty; the name in any case, of several the last. What is requested twice is left for the validation.
pub fn read_requested_of_toolhive(body: &Members) -> Result<Vec<String>, RequestedError> {
    let named = body.iter().filter(|(name, _)| name.eq_ignore_ascii_case("scope")).map(|(_, value)| value);
    match named.last() {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(split_white_space(text).map(str::to_owned).collect()),
        Some(Value::Array(elements)) => {
            let text = |element: &Value| match element {
                Value::Null => Ok(String::new()),
                Value::String(text) => Ok(text.trim().to_owned()),
                _ => Err(RequestedError::Type { found: "an array with something else than strings in it" }),
            };
            let texts: Vec<String> = elements.iter().map(text).collect::<Result<_, _>>()?;
            Ok(texts.into_iter().filter(|text| !text.is_empty()).collect())
        }
        Some(other) => Err(RequestedError::Type { found: type_of(other) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(text: &str) -> Members {
        Members::read(text).unwrap()
    }

    #[test]
    fn the_standard_form_is_a_string() {
        for (body, scopes) in [
            ("{}", ""),
            (r#"{"scope":null}"#, ""),
            (r#"{"scope":"   "}"#, ""),
            (r#"{"scope":"openid  profile openid"}"#, "openid profile"),
            (r#"{"Scope":"openid"}"#, ""),
        ] {
            assert_eq!(read_requested(&members(body)).unwrap().join(" "), scopes, "{body}");
        }
        let bodies = [
            r#"{"scope":["a"]}"#,
            r#"{"scope":true}"#,
            r#"{"scope":"a\tb"}"#,
            r#"{"scope":"a","scope":"b"}"#,
        ];
        let told = bodies.map(|body| format!("{body}: {}", read_requested(&members(body)).unwrap_err()));
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn the_examples_of_dcr_02_hold() {
        let table: &[(&str, &[&str])] = &[
            (r#"{"scope":"openid\tprofile\u00a0x"}"#, &["openid", "profile", "x"]),
            (r#"{"scope":["openid","profile"]}"#, &["openid", "profile"]),
            (r#"{"scope":["","  "]}"#, &[]),
            (r#"{"scope":["  openid  ",""," profile "]}"#, &["openid", "profile"]),
            (r#"{"scope":["openid profile"]}"#, &["openid profile"]),
            (r#"{"scope":["openid",null]}"#, &["openid"]),
            (r#"{"scope":"a","SCOPE":"b"}"#, &["b"]),
        ];
        for (body, scopes) in table {
            assert_eq!(read_requested_of_toolhive(&members(body)).unwrap(), *scopes, "{body}");
        }
        for body in
            [r#"{"scope":["openid",1]}"#, r#"{"scope":[["a"]]}"#, r#"{"scope":123}"#, r#"{"scope":{}}"#]
        {
            assert!(read_requested_of_toolhive(&members(body)).is_err(), "{body}");
        }
    }
}
