//! A stored record.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::grant::{Provenance, Recorded};

/// How long before its expiry a token is no longer used, in seconds (TOK-04).
const EXPIRY_MARGIN: i64 = 30;

/// What is stored of a token.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// The access token.
    pub access_token: String,
    /// When it expires, in seconds since 1970-01-01T00:00Z.
    pub expires_at: i64,
    /// The refresh token, if there is one.
    pub refresh_token: Option<String>,
    /// The ID token, if there is one.
    pub id_token: Option<String>,
    /// What was recorded at issuance, as it was stored; `None` in a record from before scopes were recorded.
    pub scopes: Option<Vec<String>>,
    /// Where the scopes come from; `None` in a record that does not say.
    pub provenance: Option<Provenance>,
}

impl StoredRecord {
    /// Whether the token may still be used at a time in seconds since 1970 (TOK-04).
    pub const fn valid_at(&self, now: i64) -> bool {
        self.expires_at.saturating_sub(EXPIRY_MARGIN) > now
    }

    /// What is known of the grant. Scopes whose source is not told were echoed as far as anybody knows.
    pub fn recorded(&self) -> Recorded {
        match &self.scopes {
            None => Recorded::Unknown,
            Some(scopes) => Recorded::Known {
                scopes: scopes.clone(),
                provenance: self.provenance.unwrap_or(Provenance::Echoed),
            },
        }
    }

    /// The text form. Reading it back gives the same record.
    pub fn encode(&self) -> String {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
        put("access_token", json!(self.access_token));
        put("expires_at", json!(self.expires_at));
        put("refresh_token", json!(self.refresh_token));
        if let Some(id_token) = &self.id_token {
            put("id_token", json!(id_token));
        }
        if let Some(scopes) = &self.scopes {
            put("scopes", json!(scopes));
        }
        if let Some(provenance) = self.provenance {
            put("provenance", json!(provenance.word()));
        }
        Value::Object(members).to_string()
    }
}

/// Tokens are secrets; scopes are not (TOK-01).
impl fmt::Debug for StoredRecord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("StoredRecord")
            .field("expires_at", &self.expires_at)
            .field("refreshable", &self.refresh_token.is_some())
            .field("scopes", &self.scopes)
            .field("provenance", &self.provenance)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_used_until_half_a_minute_before_its_expiry() {
        let record = StoredRecord::decode(r#"{"access_token":"secret","expires_at":100}"#).unwrap();
        assert!(record.valid_at(69));
        assert!(!record.valid_at(70));
        assert!(!format!("{record:?}").contains("secret"));
    }
}
