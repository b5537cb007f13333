//! Placeholders inside the strings of a case: `{grantable.0}`, `{login.refresh_token}`, `{grantable.0|prefix}`.
//!
//! A `{` that is followed by a lower-case letter opens a placeholder; `{{` is one brace; any other `{` (as in JSON text) stands for itself.

use std::ops::Range;

use thiserror::Error;

/// A string cut into what is literal and what is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Goes out as it is.
    Literal(String),
    /// Is filled in.
    Placeholder(Placeholder),
}

/// `{path|filter}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The names between the dots; at least one, none empty.
    pub path: Vec<String>,
    /// What is done to the value.
    pub filter: Option<String>,
    /// Bytes of the template, braces included.
    pub range: Range<usize>,
}

/// A placeholder that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message} (at byte {} of the string)", range.start)]
pub struct TemplateError {
    /// What is wrong and what to write instead.
    pub message: String,
    /// Bytes of the template.
    pub range: Range<usize>,
}

impl Template {
    /// Reads a string.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let start = text.len() - rest.len() + open;
            literal.push_str(&rest[..open]);
            let after = &rest[open + 1..];
            if let Some(tail) = after.strip_prefix('{') {
                literal.push('{');
                rest = tail;
                continue;
            }
            if !after.starts_with(|c: char| c.is_ascii_lowercase()) {
                literal.push('{');
                rest = after;
                continue;
            }
            let Some(close) = after.find('}') else {
                return Err(TemplateError {
                    message: "this placeholder is not closed; write `}` behind its name, or `{{` for a brace"
                        .to_owned(),
                    range: start..text.len(),
                });
            };
            let placeholder = placeholder(&after[..close], start..start + close + 2)?;
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Placeholder(placeholder));
            rest = &after[close + 1..];
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Ok(Self { pieces })
    }

    /// The placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(placeholder) => Some(placeholder),
            Piece::Literal(_) => None,
        })
    }

    /// The placeholder, if the whole string is one.
    pub fn only_placeholder(&self) -> Option<&Placeholder> {
        match self.pieces.as_slice() {
            [Piece::Placeholder(placeholder)] => Some(placeholder),
            _ => None,
        }
    }
}

fn placeholder(inner: &str, range: Range<usize>) -> Result<Placeholder, TemplateError> {
    let (path, filter) = match inner.split_once('|') {
        Some((path, filter)) => (path, Some(filter)),
        None => (inner, None),
    };
    let name = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    let parts: Vec<&str> = path.split('.').collect();
    if !parts.iter().all(|part| name(part)) || filter.is_some_and(|filter| !name(filter)) {
        return Err(TemplateError {
            message: format!(
                "`{{{inner}}}` is no placeholder; one looks like `{{grantable.0}}`, `{{login.code}}` or `{{grantable.0|prefix}}`, and `{{{{` is a brace"
            ),
            range,
        });
    }
    Ok(Placeholder {
        path: parts.into_iter().map(str::to_owned).collect(),
        filter: filter.map(str::to_owned),
        range,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        Template::parse(text).unwrap().placeholders().map(|p| p.path.join(".")).collect()
    }

    #[test]
    fn placeholders_are_found_among_literal_text() {
        assert_eq!(names("{grantable.0} x {row.probe}"), ["grantable.0", "row.probe"]);
        assert_eq!(
            Template::parse("{grantable.0|prefix}").unwrap().only_placeholder().unwrap().filter.as_deref(),
            Some("prefix")
        );
    }

    #[test]
    fn doubled_braces_and_json_are_literal() {
        assert_eq!(Template::parse("{{a}").unwrap().pieces, [Piece::Literal("{a}".into())]);
        assert_eq!(
            Template::parse(r#"{"scope": []}"#).unwrap().pieces,
            [Piece::Literal(r#"{"scope": []}"#.into())]
        );
    }

    #[test]
    fn a_bad_placeholder_is_refused_with_its_place() {
        let error = Template::parse("a {b").unwrap_err();
        assert_eq!(error.range, 2..4);
        assert!(Template::parse("{a..b}").unwrap_err().message.contains("`{a..b}` is no placeholder"));
    }
}
