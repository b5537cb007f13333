//! Writing a challenge.

use super::bearer::BearerChallenge;

/// Why a challenge cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the attribute `{attribute}` of a challenge may not hold {character:?} (byte {offset} of its value); take it out"
)]
pub struct WriteError {
    /// The attribute.
    pub attribute: &'static str,
    /// The first character that may not stand there.
    pub character: char,
    /// Where it stands in the value, in bytes.
    pub offset: usize,
}

impl BearerChallenge {
    /// The value of `WWW-Authenticate`. Every attribute is written as a quoted string, those that are `None` and an
    /// empty scope not at all: RFC 6750 section 3 knows no empty scope. A scheme alone is no challenge by that section,
    /// so that an empty `realm` stands where there is nothing else to say.
    ///
    /// `error` and its companions may hold what RFC 6750 section 3 allows them; `realm` and `resource_metadata` may
    /// hold what is visible and in ASCII, with quote and backslash escaped.
    pub fn write(&self) -> Result<String, WriteError> {
        let scope = self.scope.as_ref().filter(|scope| !scope.is_empty()).map(ToString::to_string);
        let attributes = [
            attribute("realm", self.realm.as_deref(), visible)?,
            attribute("error", self.error.as_deref(), plain)?,
            attribute("error_description", self.error_description.as_deref(), plain)?,
            attribute("error_uri", self.error_uri.as_deref(), plain)?,
            attribute("scope", scope.as_deref(), plain)?,
            attribute("resource_metadata", self.resource_metadata.as_deref(), visible)?,
        ];
        let written: Vec<String> = attributes.into_iter().flatten().collect();
        Ok(if written.is_empty() {
            "Bearer realm=\"\"".to_owned()
        } else {
            format!("Bearer {}", written.join(", "))
        })
    }
}

/// What RFC 6750 section 3 allows `error` and its companions.
fn plain(character: char) -> bool {
    visible(character) && character != '"' && character != '\\'
}

/// What can be seen, and the space.
fn visible(character: char) -> bool {
    matches!(character, ' '..='~')
}

/// An attribute as it is written, if it has a value.
fn attribute(
    attribute: &'static str,
    value: Option<&str>,
    allowed: fn(char) -> bool,
) -> Result<Option<String>, WriteError> {
    let Some(value) = value else { return Ok(None) };
    if let Some((offset, character)) = value.char_indices().find(|(_, character)| !allowed(*character)) {
        return Err(WriteError { attribute, character, offset });
    }
    Ok(Some(format!("{attribute}=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))))
}

#[cfg(test)]
mod tests {
    use super::super::bearer::read_bearer;
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let challenge = BearerChallenge {
            realm: Some(r#"the "big" \ realm"#.to_owned()),
            scope: Some("a urn:b=G,PG-13".parse().unwrap()),
            error: Some("insufficient_scope".to_owned()),
            error_description: Some("more is needed".to_owned()),
            error_uri: None,
            resource_metadata: Some("http://127.0.0.1/.well-known/oauth-protected-resource".to_owned()),
        };
        let written = challenge.write().unwrap();
        insta::assert_snapshot!(written, @r#"Bearer realm="the \"big\" \\ realm", error="insufficient_scope", error_description="more is needed", scope="a urn:b=G,PG-13", resource_metadata="http://127.0.0.1/.well-known/oauth-protected-resource""#);
        assert_eq!(read_bearer(&written), Ok(Some(challenge)));
    }

    #[test]
    fn a_challenge_always_says_something() {
        let written =
            BearerChallenge { scope: Some("".parse().unwrap()), ..BearerChallenge::default() }.write();
        assert_eq!(written.unwrap(), r#"Bearer realm="""#);
    }

    #[test]
    fn what_would_break_the_header_is_refused() {
        let error = |text: &str| {
            let error_description = Some(text.to_owned());
            BearerChallenge { error_description, ..BearerChallenge::default() }.write().unwrap_err()
        };
        insta::assert_snapshot!(error("a\r\nX: y"), @r"the attribute `error_description` of a challenge may not hold '\r' (byte 1 of its value); take it out");
        assert_eq!(error("a\"").offset, 1);
        assert_eq!(error("é").offset, 0);
        let realm = Some("a\n".to_owned());
        assert!(BearerChallenge { realm, ..BearerChallenge::default() }.write().is_err());
    }
}
