//! What a challenge says about a bearer token (RFC 6750 section 3).

use super::error::ChallengeError;
use super::model::Challenge;
use super::read::read_challenges;
use crate::scope::{ScopeError, ScopeSet};

/// The schemes that take the attributes of RFC 6750, the plainer first (RFC 9449 section 7.1).
const SCHEMES: [&str; 2] = ["Bearer", "DPoP"];

/// A challenge for a bearer token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BearerChallenge {
    /// The protection space.
    pub realm: Option<String>,
    /// The scope that the resource needs; `None` where the challenge does not say.
    pub scope: Option<ScopeSet>,
    /// The error code (RFC 6750 section 3.1); `None` where no token was sent.
    pub error: Option<String>,
    /// The error in words, for developers.
    pub error_description: Option<String>,
    /// A page about the error.
    pub error_uri: Option<String>,
    /// Where the metadata of the resource are (RFC 9728 section 5.1).
    pub resource_metadata: Option<String>,
}

/// Why a challenge says nothing certain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BearerError {
    /// The text is no list of challenges.
    #[error(transparent)]
    Syntax(#[from] ChallengeError),
    /// A parameter stands there twice (RFC 6750 section 3 forbids it, as does RFC 9110 section 11.2).
    #[error(
        "the parameter {name:?} stands in one challenge a second time at offset {offset}; which one is meant is open: \
         report it to the resource server"
    )]
    Repeated {
        /// The name as it was written.
        name: String,
        /// Where it stands again, in bytes.
        offset: usize,
    },
    /// `scope` does not follow the grammar.
    #[error("`scope` of the challenge is malformed: {0}")]
    Scope(#[from] ScopeError),
}

/// Reads the first challenge for a bearer token in a `WWW-Authenticate` value; `None` where there is none.
pub fn read_bearer(text: &str) -> Result<Option<BearerChallenge>, BearerError> {
    let challenges = read_challenges(text)?;
    let found = SCHEMES.iter().find_map(|scheme| challenges.iter().find(|one| one.is(scheme)));
    found.map(attributes).transpose()
}

/// The attributes of a challenge, each of which may stand there once.
fn attributes(challenge: &Challenge) -> Result<BearerChallenge, BearerError> {
    if let Some(again) = challenge.repeated() {
        return Err(BearerError::Repeated { name: again.name.text.clone(), offset: again.name.span.start });
    }
    let value = |name: &str| challenge.parameter(name).map(|parameter| parameter.value.text.clone());
    Ok(BearerChallenge {
        realm: value("realm"),
        scope: value("scope").map(|scope| scope.parse()).transpose()?,
        error: value("error"),
        error_description: value("error_description"),
        error_uri: value("error_uri"),
        resource_metadata: value("resource_metadata"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(text: &str) -> Option<String> {
        read_bearer(text).unwrap()?.scope.map(|scope| scope.to_string())
    }

    #[test]
    fn the_bearer_challenge_is_found_wherever_it_stands() {
        for text in [
            r#"Bearer scope="a b""#,
            r#"bearer SCOPE="a \b", error=insufficient_scope"#,
            r#"Basic realm="scope=\"x\"", BEARER realm="x, y", scope="a b""#,
            r#"DPoP scope="x", Bearer scope="a b", Bearer scope="c""#,
            r#"Negotiate, DPoP algs="ES256", scope="a b""#,
        ] {
            assert_eq!(scope(text).as_deref(), Some("a b"), "{text}");
        }
        assert_eq!(read_bearer(r#"Basic realm="scope""#), Ok(None));
        assert_eq!(scope("Bearer realm=x"), None);
        assert_eq!(scope(r#"Bearer scope="""#).as_deref(), Some(""));
    }

    #[test]
    fn every_attribute_is_read() {
        let text = r#"Bearer realm="r", error="invalid_token", error_description="d, e", error_uri="u", resource_metadata="m", x=y"#;
        let some = |text: &str| Some(text.to_owned());
        let expected = BearerChallenge {
            realm: some("r"),
            scope: None,
            error: some("invalid_token"),
            error_description: some("d, e"),
            error_uri: some("u"),
            resource_metadata: some("m"),
        };
        assert_eq!(read_bearer(text), Ok(Some(expected)));
    }

    #[test]
    fn what_is_uncertain_is_refused_in_words() {
        let texts = ["Bearer scope=a, Scope=b", "Bearer scope=\"a\tb\"", "Bearer scope=\"a"];
        let told = texts.map(|text| read_bearer(text).unwrap_err().to_string());
        insta::assert_snapshot!(told.join("\n"));
    }
}
