//! From claims to an identity (ID-01, ID-02).

use serde_json::Value;

use crate::claims::Members;

/// The claims that name a person, the best first.
const NAMES: [&str; 5] = ["email", "preferred_username", "username", "name", "sub"];

/// Who a token is for. Not verified: good for telling a person, and for noticing a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// What to call the person; empty where the claims do not say.
    pub name: String,
    /// The claim `sub`; empty where it is absent or no string.
    pub subject: String,
}

impl Identity {
    /// Derives the identity from the claims of an access token, `None` for an opaque one, overlaid by those of an ID
    /// token if there is one.
    pub fn of(access_token: Option<&Members>, id_token: Option<&Members>) -> Self {
        let claim = |name: &str| {
            let value = id_token.and_then(|claims| claims.get(name));
            value.or_else(|| access_token.and_then(|claims| claims.get(name))).and_then(Value::as_str)
        };
        let named = NAMES.iter().filter_map(|name| claim(name)).find(|text| !text.is_empty());
        Self {
            name: named.unwrap_or_default().to_owned(),
            subject: claim("sub").unwrap_or_default().to_owned(),
        }
    }

    /// What is compared: the subject, else the name. Empty where nothing is known.
    pub fn key(&self) -> &str {
        if self.subject.is_empty() { &self.name } else { &self.subject }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(claims: &str) -> (String, String) {
        let identity = Identity::of(Some(&Members::read(claims).unwrap()), None);
        (identity.name, identity.subject)
    }

    #[test]
    fn the_examples_of_id_01_hold() {
        for (claims, name, subject) in [
            (r#"{"email":"","preferred_username":"jdoe"}"#, "jdoe", ""),
            (r#"{"unrelated":"x"}"#, "", ""),
            (r#"{"sub":42}"#, "", ""),
            (r#"{"sub":"u"}"#, "u", "u"),
            (r#"{"email":" ","name":"n"}"#, " ", ""),
            (r#"{"name":"n","username":"u","sub":"s"}"#, "u", "s"),
            (r#"{"email":["e"],"name":"n"}"#, "n", ""),
        ] {
            assert_eq!(identity(claims), (name.to_owned(), subject.to_owned()), "{claims}");
        }
    }

    #[test]
    fn an_id_token_overlays_the_access_token() {
        let read = |text: &str| Members::read(text).unwrap();
        let (access, id) = (read(r#"{"sub":"a","name":"n"}"#), read(r#"{"sub":"b"}"#));
        let identity = Identity::of(Some(&access), Some(&id));
        assert_eq!((identity.name.as_str(), identity.key()), ("n", "b"));
        assert_eq!(Identity::of(None, Some(&id)).key(), "b");
        assert_eq!(Identity::of(None, None).key(), "");
    }
}
