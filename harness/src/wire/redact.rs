//! Secrets become labels, `token#1`, before anything is written.
//!
//! A value is learnt where it is known to be secret (a form field, a JSON member, a header, a parameter of a redirect) and from then on
//! replaced wherever it appears, plain or percent-encoded. Labels are numbered for each case, so that a record can be compared.

use std::collections::{HashMap, HashSet};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::form::{Encoding, encode_value};
use crate::judge::read_jwt;

/// The labels of one case.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    known: Vec<(String, String)>,
    places: HashMap<String, usize>,
    counts: HashMap<String, usize>,
    written: Vec<(String, String)>,
    names: Vec<(String, String)>,
    /// Words that stay as they are even where a subject uses one as a secret: the scopes of the run, a client id of the configuration.
    spared: HashSet<String>,
    /// Configured secrets too short to be replaced everywhere: they are replaced as whole values of forms and JSON members.
    short: Vec<(String, String)>,
    /// There are more secrets than one case can have: nothing is shown any more.
    flooded: bool,
}

/// More secrets than an honest case has; a subject that sends more is not worth the time that hiding them takes.
const MOST: usize = 256;
/// What is written in place of a text that cannot be hidden in reasonable time.
const FLOODED: &str = "(not shown: there are too many secrets)";
/// Fields that are secret in forms and redirects, but ordinary words in JSON.
const PLAIN_IN_JSON: &[&str] = &["code", "state", "sid", "token", "nonce"];

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

    /// The label word of a JSON member that holds a secret.
    pub fn json_word(member: &str) -> Option<&'static str> {
        Self::word(member).filter(|_| !PLAIN_IN_JSON.contains(&member))
    }

    /// Learns a value under a label such as `code#1`. Very short values are left alone: replacing them would shred the text.
    pub fn learn(&mut self, word: &str, value: &str) {
        if value.len() < 4 || self.places.contains_key(value) || self.spared.contains(value) {
            return;
        }
        if self.known.len() >= MOST {
            self.flooded = true;
            return;
        }
        let number = self.counts.entry(word.to_owned()).or_default();
        *number += 1;
        self.places.insert(value.to_owned(), self.known.len());
        self.known.push((value.to_owned(), format!("{word}#{number}")));
    }

    /// Learns a secret of the configuration, however short it is.
    pub fn learn_configured(&mut self, word: &str, value: &str) {
        self.learn(word, value);
        if value.len() < 4 && !value.is_empty() {
            self.short.push((value.to_owned(), word.to_owned()));
        }
    }

    /// Leaves a word as it is wherever it stands.
    pub fn spare(&mut self, word: &str) {
        self.spared.insert(word.to_owned());
    }

    /// Learns how a value was written on the wire, where that is not how it reads.
    pub fn learn_written(&mut self, value: &str, written: &str) {
        if written.len() < 4 || self.places.contains_key(written) || self.written.len() >= MOST {
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

    /// Names what stands beside a subject whose address is named, such as its identity provider; the first one only.
    pub fn name_neighbour(&mut self, origin: &str, name: &str) {
        let known = self.names.iter().any(|(text, known)| text.starts_with(origin) || known == name);
        if !self.names.is_empty() && !known {
            self.name(origin, name);
        }
    }

    /// The label of a value, if it is known.
    pub fn label(&self, value: &str) -> Option<&str> {
        self.places.get(value).and_then(|place| self.known.get(*place)).map(|(_, label)| label.as_str())
    }

    /// The text with every known value replaced.
    pub fn hide(&self, text: &str) -> String {
        if self.flooded {
            return FLOODED.to_owned();
        }
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
        for (value, word) in &self.short {
            let written = encode_value(value.as_bytes(), Encoding::Plus);
            hidden = hidden.replace(&format!("={written}&"), &format!("={word}#0&"));
            if let Some(rest) = hidden.strip_suffix(&format!("={written}")) {
                hidden = format!("{rest}={word}#0");
            }
            hidden = hidden.replace(&quoted_whole(value), &format!("\"{word}#0\""));
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

/// The text as a whole string of JSON, quotes included.
fn quoted_whole(text: &str) -> String {
    serde_json::Value::from(text).to_string()
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
