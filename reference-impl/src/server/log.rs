//! What the server tells its operator: structured records, each of which stays one record whatever a client sends.
//!
//! A record has a level, a message that never changes, and members that carry what came from outside. Nothing of a
//! request is ever part of the message, and no member holds a token, a code or a secret (LOG-03, LOG-05). The server
//! writes to a sink that its caller brings, so that a test sees the records of one server and of no other.

use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::words::words;

words! {
    /// How much a record matters.
    pub enum Level: "log level" {
        /// Something is wrong, and the server went on without it.
        Warn = "WARN",
        /// What an operator wants to know once.
        Info = "INFO",
        /// What happens all day.
        Debug = "DEBUG",
    }
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// How much it matters.
    pub level: Level,
    /// What happened, in words that never change.
    pub message: &'static str,
    /// With what, by name.
    pub members: Map<String, Value>,
    /// Under a fault: what came from outside is written as it is.
    raw: bool,
}

impl Record {
    /// A record without members.
    pub fn new(level: Level, message: &'static str) -> Self {
        Self { level, message, members: Map::new(), raw: false }
    }

    /// The same with one member more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// The same without escapes, which is what a server with a fault writes.
    #[must_use]
    pub(super) fn unescaped(mut self) -> Self {
        self.raw = true;
        self
    }

    /// The record as one line: a JSON object in visible ASCII, without a line feed at its end. JSON escapes the control
    /// characters; what else a terminal or a reader of logs could take for more than text (DEL, the second row of
    /// controls, the line separators, marks that turn the direction of writing) is escaped here, with all that is not
    /// ASCII.
    pub fn line(&self) -> String {
        let mut object = Map::new();
        object.insert("level".to_owned(), Value::from(self.level.word()));
        object.insert("message".to_owned(), Value::from(self.message));
        object.extend(self.members.clone());
        if self.raw {
            let text = Value::Object(object).to_string();
            return text
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\\"", "\"")
                .replace("\\u001b", "\u{1b}");
        }
        let mut line = String::new();
        for character in Value::Object(object).to_string().chars() {
            if matches!(character, ' '..='~') {
                line.push(character);
            } else {
                let mut units = [0; 2];
                let escaped = character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}"));
                line.extend(escaped);
            }
        }
        line
    }
}

/// Where records go. A sink must not block for long: the request waits for it.
pub trait Log: Debug + Send + Sync {
    /// Takes a record.
    fn write(&self, record: &Record);
}

/// A sink that keeps what it is given, for tests and for programs that show it later.
#[derive(Debug, Default)]
pub struct Captured {
    records: Mutex<Vec<Record>>,
}

impl Captured {
    /// The records so far, in the order in which they came.
    pub fn records(&self) -> Vec<Record> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The records of one level so far.
    pub fn of(&self, level: Level) -> Vec<Record> {
        self.records().into_iter().filter(|record| record.level == level).collect()
    }
}

impl Log for Captured {
    fn write(&self, record: &Record) {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).push(record.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_text_stays_within_one_line_of_visible_ascii() {
        let hostile = "x\nlevel=ERROR msg=pwned\r\u{1b}[31m\u{7f}\u{85}\u{9b}\u{2028}\u{202e}\u{1f600}\0\"\\";
        let record = Record::new(Level::Debug, "registered").with("client_name", hostile);
        let line = record.line();
        assert!(line.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{line}");
        insta::assert_snapshot!(line, @r#"{"level":"DEBUG","message":"registered","client_name":"x\nlevel=ERROR msg=pwned\r\u001b[31m\u007f\u0085\u009b\u2028\u202e\ud83d\ude00\u0000\"\\"}"#);
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["client_name"], hostile);
    }
}
