//! Secrets become labels, `token#1`, before anything is written.
//!
//! A value is learnt where it is known to be secret (a form field, a JSON member, a header, a parameter of a redirect) and from then on
//! replaced wherever it appears, plain or percent-encoded. Labels are numbered for each case, so that a record can be compared.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::form::{Encoding, encode_value};
use crate::judge::read_jwt;

/// The labels of one case.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    known: Vec<(String, String)>,
    written: Vec<(String, String)>,
    names: Vec<(String, String)>,
}

/// Fields of forms, redirects and JSON bodies that hold secrets, with the word of their label.
const SECRET_FIELDS: &[(&str, &str)] = &[
    ("access_token", "token"),
    ("refresh_token", "refresh_token"),
    ("id_token", "id_token"),
    ("token", "token"),
    ("subject_token", "token"),
    ("registration_access_token", "registration_token"),
    ("client_secret", "client_secret"),
    ("client_assertion", "assertion"),
    ("assertion", "assertion"),
    ("code", "code"),
    ("code_verifier", "verifier"),
    ("device_code", "device_code"),
    ("state", "state"),
    ("nonce", "nonce"),
    ("password", "password"),
    ("client_id", "client_id"),
    ("jti", "jti"),
    ("sid", "sid"),
];

impl Labels {
    /// The label word of a field that holds a secret, or a value that differs from run to run.
    pub fn word(field: &str) -> Option<&'static str> {
        SECRET_FIELDS.iter().find(|(name, _)| *name == field).map(|(_, word)| *word)
    }

    /// Learns a value under a label such as `code#1`. Very short values are left alone: replacing them would shred the text.
    pub fn learn(&mut self, word: &str, value: &str) {
        if value.len() < 4 || self.known.iter().any(|(known, _)| known == value) {
            return;
        }
        let number = self.known.iter().filter(|(_, label)| label.split('#').next() == Some(word)).count() + 1;
        self.known.push((value.to_owned(), format!("{word}#{number}")));
    }

    /// Learns how a value was written on the wire, where that is not how it reads.
    pub fn learn_written(&mut self, value: &str, written: &str) {
        if written.len() < 4 || self.known.iter().any(|(known, _)| known == written) {
            return;
        }
        if let Some(label) = self.label(value).map(str::to_owned) {
            self.written.push((written.to_owned(), label));
        }
    }

    /// Replaces a text that is no secret but differs from run to run, such as the address of a subject on a port of our choice.
    pub fn name(&mut self, text: &str, name: &str) {
        if !text.is_empty() {
            self.names.push((text.to_owned(), name.to_owned()));
        }
    }

    /// The label of a value, if it is known.
    pub fn label(&self, value: &str) -> Option<&str> {
        self.known.iter().find(|(known, _)| known == value).map(|(_, label)| label.as_str())
    }

    /// The text with every known value replaced; a JWT keeps its payload, readable, and loses its signature.
    pub fn hide(&self, text: &str) -> String {
        let mut values: Vec<&(String, String)> = self.known.iter().chain(&self.written).collect();
        // A value that contains another goes first, or its label would be torn.
        values.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        let mut hidden = text.to_owned();
        for (value, label) in values {
            hidden = hidden.replace(value.as_str(), label);
            for encoding in [Encoding::Plus, Encoding::Percent] {
                let encoded = encode_value(value.as_bytes(), encoding);
                if encoded != *value {
                    hidden = hidden.replace(&encoded, label);
                }
            }
            if value.contains(['"', '\\']) || value.contains(char::is_control) {
                // As a string of JSON, and as one inside of JSON that is quoted as a whole.
                let once = quoted(value);
                hidden = hidden.replace(&quoted(&once), label).replace(&once, label);
            }
        }
        for (value, name) in &self.names {
            hidden = hidden.replace(value.as_str(), name);
            let encoded = encode_value(value.as_bytes(), Encoding::Plus);
            if encoded != *value {
                hidden = hidden.replace(&encoded, name);
            }
        }
        hidden
    }

    /// What a JWT says of itself, without its signature: for the record beside the label.
    pub fn jwt_note(&self, token: &str) -> Option<String> {
        let jwt = read_jwt(token)?;
        let mut claims = jwt.claims;
        for (name, value) in &mut claims {
            let secret = Self::word(name).is_some();
            if let (true, Some(text)) = (secret, value.as_str()) {
                *value = serde_json::Value::String(self.label(text).unwrap_or("hidden").to_owned());
            }
        }
        let mut header = jwt.header;
        // Keys are made anew with every server; their names say nothing about scope.
        if let Some(kid) = header.get_mut("kid") {
            *kid = serde_json::Value::String("hidden".to_owned());
        }
        let claims = serde_json::to_string(&claims).ok()?;
        Some(self.hide(&format!("JWT {} {claims}", serde_json::to_string(&header).ok()?)))
    }

    /// Learns the user and password of a Basic header field.
    pub fn learn_basic(&mut self, value: &str) {
        self.learn("basic", value);
        let encoded = value.strip_prefix("Basic ").unwrap_or(value);
        self.learn("basic", encoded);
        if let Some((_, secret)) = base64::engine::general_purpose::STANDARD
            .decode(encoded)
            .ok()
            .or_else(|| URL_SAFE_NO_PAD.decode(encoded).ok())
            .and_then(|octets| String::from_utf8(octets).ok())
            .as_deref()
            .and_then(|pair| pair.split_once(':'))
        {
            self.learn("client_secret", secret);
        }
    }
}

/// The text as it stands between the quotes of a JSON string.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json[1..json.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_are_replaced_plain_and_encoded() {
        let mut labels = Labels::default();
        labels.learn("code", "s3cret/+code");
        labels.learn("code", "s3cret/+code");
        labels.learn("code", "other-code");
        assert_eq!(labels.hide("code=s3cret%2F%2Bcode&x=other-code"), "code=code#1&x=code#2");
        assert_eq!(labels.hide("s3cret/+code"), "code#1");
    }

    #[test]
    fn a_value_inside_another_does_not_tear_it() {
        let mut labels = Labels::default();
        labels.learn("state", "abcd");
        labels.learn("token", "abcdabcd-x");
        assert_eq!(labels.hide("abcdabcd-x abcd"), "token#1 state#1");
    }

    #[test]
    fn a_jwt_keeps_its_payload_and_loses_its_signature() {
        let labels = Labels::default();
        let token = format!(
            "{}.{}.sig",
            URL_SAFE_NO_PAD.encode("{}"),
            URL_SAFE_NO_PAD.encode(r#"{"scope":"a b","jti":"xyz123"}"#)
        );
        assert_eq!(labels.jwt_note(&token).unwrap(), r#"JWT {} {"scope":"a b","jti":"hidden"}"#);
    }
}
