//! What is recorded at issuance (TOK-02).

use serde_json::Value;

use crate::claims::{Members, split_white_space, type_of};
use crate::scope::{ScopeError, ScopeSet, union_scopes};
use crate::words::words;

words! {
    /// How a client knows of a scope.
    pub enum Provenance: "provenance" {
        /// The token states it.
        Claimed = "claimed",
        /// The token response named it.
        Echoed = "echoed",
        /// It was requested, and the response named none (RFC 6749 section 5.1).
        Assumed = "assumed",
    }
}

/// What is known of a grant apart from the token itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Recorded {
    /// Nothing: the record was written before scopes were recorded (TOK-01).
    #[default]
    Unknown,
    /// These scopes, without duplicates; an empty list says that nothing was granted.
    Known {
        /// The scopes, in the order of their source.
        scopes: Vec<String>,
        /// Where they come from: [`Provenance::Echoed`] or [`Provenance::Assumed`].
        provenance: Provenance,
    },
}

impl Recorded {
    /// The scopes; none where nothing is known.
    pub fn scopes(&self) -> &[String] {
        match self {
            Self::Unknown => &[],
            Self::Known { scopes, .. } => scopes,
        }
    }
}

/// Why a token response does not tell its scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordedError {
    /// `scope` is neither a string nor null nor absent.
    #[error(
        "`scope` of the token response is {found}; RFC 6749 section 5.1 makes it a string: report it to the server"
    )]
    Type {
        /// What it is, with an article.
        found: &'static str,
    },
    /// `scope` does not follow the grammar.
    #[error("`scope` of the token response is malformed: {0}")]
    Malformed(#[from] ScopeError),
    /// `scope` stands in the response more than once.
    #[error("`scope` stands in the token response {count} times; report it to the server")]
    Repeated {
        /// How often.
        count: usize,
    },
}

/// What a token response granted: the echoed scopes, else the requested ones.
///
/// `null` is as good as absent, for both say nothing. An empty string, or one of spaces only, does say something: that
/// nothing was granted (M47). An array is refused: who reads one form too many may read what was never meant (C5).
pub fn recorded(requested: &[String], response: &Members) -> Result<Recorded, RecordedError> {
    let assumed =
        || Recorded::Known { scopes: union_scopes(requested, &[]), provenance: Provenance::Assumed };
    once(response)?;
    match response.get("scope") {
        None | Some(Value::Null) => Ok(assumed()),
        Some(Value::String(text)) => {
            let scopes = ScopeSet::parse(text)?.into_strings();
            Ok(Recorded::Known { scopes, provenance: Provenance::Echoed })
        }
        Some(other) => Err(RecordedError::Type { found: type_of(other) }),
    }
}

/// Profile `cli-engine` (TOK-02): split at any white space, duplicates kept, and a blank echo read as no echo.
pub fn recorded_of_cli_engine(
    requested: &[String],
    response: &Members,
) -> Result<Vec<String>, RecordedError> {
    once(response)?;
    match response.get("scope") {
        None | Some(Value::Null) => Ok(requested.to_vec()),
        Some(Value::String(text)) => {
            let echoed: Vec<String> = split_white_space(text).map(str::to_owned).collect();
            Ok(if echoed.is_empty() { requested.to_vec() } else { echoed })
        }
        Some(other) => Err(RecordedError::Type { found: type_of(other) }),
    }
}

/// Two members of one name leave open which one is meant.
fn once(response: &Members) -> Result<(), RecordedError> {
    match response.count("scope") {
        0 | 1 => Ok(()),
        count => Err(RecordedError::Repeated { count }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requested() -> Vec<String> {
        ["openid", "a", "b", "a"].map(str::to_owned).to_vec()
    }

    fn read(response: &str) -> Result<Recorded, RecordedError> {
        recorded(&requested(), &Members::read(response).unwrap())
    }

    fn known(response: &str) -> (String, Provenance) {
        match read(response).unwrap() {
            Recorded::Known { scopes, provenance } => (scopes.join(" "), provenance),
            Recorded::Unknown => panic!("{response}"),
        }
    }

    #[test]
    fn what_was_echoed_counts_else_what_was_requested() {
        for (response, scopes, provenance) in [
            (r#"{"scope":"openid a b"}"#, "openid a b", Provenance::Echoed),
            (r#"{"scope":"a"}"#, "a", Provenance::Echoed),
            (r#"{"scope":"y x y"}"#, "y x", Provenance::Echoed),
            (r#"{"scope":""}"#, "", Provenance::Echoed),
            (r#"{"scope":"  "}"#, "", Provenance::Echoed),
            (r#"{"scope":null}"#, "openid a b", Provenance::Assumed),
            ("{}", "openid a b", Provenance::Assumed),
        ] {
            assert_eq!(known(response), (scopes.to_owned(), provenance), "{response}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_in_words() {
        let responses =
            [r#"{"scope":["a"]}"#, r#"{"scope":7}"#, r#"{"scope":"a\tb"}"#, r#"{"scope":"a","scope":"b"}"#];
        let told = responses.map(|response| format!("{response}: {}", read(response).unwrap_err()));
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn the_examples_of_tok_02_hold_for_the_system_that_it_describes() {
        let read = |response: &str| {
            let response = Members::read(response).unwrap();
            recorded_of_cli_engine(&requested(), &response).map(|scopes| scopes.join(" "))
        };
        for (response, scopes) in [
            (r#"{"scope":"openid a b"}"#, "openid a b"),
            ("{}", "openid a b a"),
            (r#"{"scope":null}"#, "openid a b a"),
            (r#"{"scope":""}"#, "openid a b a"),
            (r#"{"scope":" \t"}"#, "openid a b a"),
            (r#"{"scope":"x y\nx"}"#, "x y x"),
        ] {
            assert_eq!(read(response).unwrap(), scopes, "{response}");
        }
        assert!(read(r#"{"scope":["a"]}"#).is_err());
        assert!(read(r#"{"scope":"a","scope":"a"}"#).is_err());
    }
}
