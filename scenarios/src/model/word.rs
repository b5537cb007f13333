//! A string that remembers where it stands in its file.

use std::{borrow::Cow, fmt, ops::Range};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

/// A string with the byte range that it takes in its file, so that a mistake found later can still be shown in place.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// The string itself.
    pub value: String,
    /// Bytes of the file, quotes included; empty for a word that was made up by code.
    pub span: Range<usize>,
}

impl Word {
    /// A word that stands in no file.
    pub fn made(value: impl Into<String>) -> Self {
        Self { value: value.into(), span: 0..0 }
    }

    /// The string.
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Word {}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<String>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(Self { value: spanned.into_inner(), span })
    }
}

impl JsonSchema for Word {
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
