//! Reading a stored record back.

use serde_json::Value;

use super::stored::StoredRecord;
use crate::claims::{Members, type_of};
use crate::grant::Provenance;
use crate::words::UnknownWord;

/// Why a stored text is no record. None of the messages shows a value: it may be a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// It is not the text of a JSON object.
    #[error("the stored record is no JSON object (line {line}, column {column}); log in again")]
    Json {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// A member that every record has is absent.
    #[error("the stored record has no `{member}`; log in again")]
    Absent {
        /// The member.
        member: &'static str,
    },
    /// A member has another type than it should.
    #[error("`{member}` of the stored record is {found}, not {expected}; log in again")]
    Type {
        /// The member.
        member: &'static str,
        /// What it is, with an article.
        found: &'static str,
        /// What it should be, with an article.
        expected: &'static str,
    },
    /// A member stands there more than once.
    #[error("`{member}` stands in the stored record {count} times; log in again")]
    Repeated {
        /// The member.
        member: &'static str,
        /// How often.
        count: usize,
    },
    /// The source of the scopes is none that is known.
    #[error("`provenance` of the stored record: {0}; log in again")]
    Provenance(UnknownWord),
}

impl StoredRecord {
    /// Reads the text form. Unknown members are passed over; `scopes` may be absent, as in records of earlier versions,
    /// and is taken verbatim.
    pub fn decode(text: &str) -> Result<Self, RecordError> {
        let members = Members::read(text)
            .map_err(|error| RecordError::Json { line: error.line(), column: error.column() })?;
        let provenance = match string(&members, "provenance")? {
            None => None,
            Some(word) => Some(word.parse::<Provenance>().map_err(RecordError::Provenance)?),
        };
        Ok(Self {
            access_token: string(&members, "access_token")?
                .ok_or(RecordError::Absent { member: "access_token" })?,
            expires_at: integer(&members, "expires_at")?,
            refresh_token: string(&members, "refresh_token")?,
            id_token: string(&members, "id_token")?,
            scopes: strings(&members, "scopes")?,
            provenance,
        })
    }
}

/// The one member of that name, if there is one.
fn single<'a>(members: &'a Members, member: &'static str) -> Result<Option<&'a Value>, RecordError> {
    match members.count(member) {
        0 | 1 => Ok(members.get(member)),
        count => Err(RecordError::Repeated { member, count }),
    }
}

/// A string that may be absent or null, save the access token: null is then no string.
fn string(members: &Members, member: &'static str) -> Result<Option<String>, RecordError> {
    match single(members, member)? {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(RecordError::Type { member, found: type_of(other), expected: "a string" }),
    }
}

/// A number of seconds.
fn integer(members: &Members, member: &'static str) -> Result<i64, RecordError> {
    let value = single(members, member)?.ok_or(RecordError::Absent { member })?;
    let found = if value.is_number() { "a number of another kind" } else { type_of(value) };
    value.as_i64().ok_or(RecordError::Type { member, found, expected: "an integer of 64 bits" })
}

/// A list of strings. Null is no list (TOK-01).
fn strings(members: &Members, member: &'static str) -> Result<Option<Vec<String>>, RecordError> {
    let Some(value) = single(members, member)? else { return Ok(None) };
    let wrong = |found| RecordError::Type { member, found, expected: "an array of strings" };
    let elements = value.as_array().ok_or_else(|| wrong(type_of(value)))?;
    let text = |element: &Value| element.as_str().map(str::to_owned);
    let list: Option<Vec<String>> = elements.iter().map(text).collect();
    list.map(Some).ok_or_else(|| wrong("an array with something else in it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grant::Recorded;

    #[test]
    fn a_record_of_an_earlier_version_loads() {
        let record = StoredRecord::decode(r#"{"access_token":"t","expires_at":1}"#).unwrap();
        assert_eq!(record.scopes, None);
        assert_eq!(record.recorded(), Recorded::Unknown);
        let text =
            r#"{"access_token":"t","expires_at":1,"refresh_token":null,"scopes":["a","a",""],"new":[1]}"#;
        let record = StoredRecord::decode(text).unwrap();
        assert_eq!(record.scopes.unwrap(), ["a", "a", ""]);
        assert_eq!(record.refresh_token, None);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let record = StoredRecord {
            access_token: "t".into(),
            expires_at: i64::MIN,
            refresh_token: Some("r".into()),
            id_token: None,
            scopes: Some(Vec::new()),
            provenance: Some(Provenance::Assumed),
        };
        assert_eq!(StoredRecord::decode(&record.encode()), Ok(record.clone()));
        assert_eq!(
            record.recorded(),
            Recorded::Known { scopes: Vec::new(), provenance: Provenance::Assumed }
        );
        assert!(!record.valid_at(0));
    }

    #[test]
    fn a_corrupt_record_is_told_without_its_values() {
        let texts = [
            "",
            "{\"access_token\":\"secret\"",
            "[]",
            r#"{"expires_at":1}"#,
            r#"{"access_token":"secret"}"#,
            r#"{"access_token":"secret","expires_at":1.5}"#,
            r#"{"access_token":"secret","expires_at":"1"}"#,
            r#"{"access_token":"secret","expires_at":9223372036854775808}"#,
            r#"{"access_token":["secret"],"expires_at":1}"#,
            r#"{"access_token":"secret","expires_at":1,"refresh_token":7}"#,
            r#"{"access_token":"secret","expires_at":1,"id_token":{}}"#,
            r#"{"access_token":"secret","expires_at":1,"scopes":null}"#,
            r#"{"access_token":"secret","expires_at":1,"scopes":"a b"}"#,
            r#"{"access_token":"secret","expires_at":1,"scopes":["a",1]}"#,
            r#"{"access_token":"secret","access_token":"secret","expires_at":1}"#,
            r#"{"access_token":"secret","expires_at":1,"provenance":"dreamt"}"#,
        ];
        let told = texts.map(|text| format!("{text}\n    {}", StoredRecord::decode(text).unwrap_err()));
        assert!(told.iter().all(|line| !line.split('\n').next_back().unwrap().contains("secret")));
        insta::assert_snapshot!(told.join("\n"));
    }
}
