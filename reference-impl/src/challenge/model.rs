//! The parts of a challenge.

use std::collections::HashSet;
use std::ops::Range;

/// A piece of the text, with what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The meaning: of a quoted string what stands within the quotes, quoted pairs resolved.
    pub text: String,
    /// Where it stands, in bytes; of a quoted string with its quotes.
    pub span: Range<usize>,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The name as it was written; its case has no meaning.
    pub name: Part,
    /// The value.
    pub value: Part,
    /// Whether the value was written in quotes.
    pub quoted: bool,
}

/// What follows a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Nothing,
    /// A single blob, as `Negotiate` has it.
    Token68(Part),
    /// Parameters in order, duplicates included.
    Parameters(Vec<Parameter>),
}

/// One challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme as it was written; its case has no meaning.
    pub scheme: Part,
    /// What follows it.
    pub content: Content,
}

impl Challenge {
    /// Whether the challenge is of that scheme.
    pub fn is(&self, scheme: &str) -> bool {
        self.scheme.text.eq_ignore_ascii_case(scheme)
    }

    /// The parameters in order, duplicates included.
    pub fn parameters(&self) -> &[Parameter] {
        match &self.content {
            Content::Parameters(parameters) => parameters,
            Content::Nothing | Content::Token68(_) => &[],
        }
    }

    /// The first parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters().iter().find(|parameter| parameter.name.text.eq_ignore_ascii_case(name))
    }

    /// The first parameter whose name stood there before; RFC 9110 section 11.2 allows each name once.
    pub fn repeated(&self) -> Option<&Parameter> {
        let mut seen = HashSet::new();
        self.parameters().iter().find(|parameter| !seen.insert(parameter.name.text.to_ascii_lowercase()))
    }
}
