//! `{port}` and `{scopecheck}` in the commands of a table.

use std::borrow::Cow;

/// What a command may name.
pub(super) const PLACEHOLDERS: [&str; 2] = ["port", "scopecheck"];

/// Why a text cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PlaceholderError {
    /// A name that is not one of [`PLACEHOLDERS`], or has no value here.
    Unknown(String),
    /// A brace without its partner.
    Lonely,
}

/// Fills in the placeholders of `text`; `{{` and `}}` stand for a brace.
pub(crate) fn fill<'v>(
    text: &str,
    value: impl Fn(&str) -> Option<Cow<'v, str>>,
) -> Result<String, PlaceholderError> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        filled.push_str(&rest[..at]);
        let (brace, after) = rest[at..].split_at(1);
        if let Some(doubled) = after.strip_prefix(brace) {
            filled.push_str(brace);
            rest = doubled;
        } else if brace == "{" {
            let (name, after) = after.split_once('}').ok_or(PlaceholderError::Lonely)?;
            filled.push_str(&value(name).ok_or_else(|| PlaceholderError::Unknown(name.to_owned()))?);
            rest = after;
        } else {
            return Err(PlaceholderError::Lonely);
        }
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Result<String, PlaceholderError> {
        fill(text, |name| (name == "port").then_some(Cow::Borrowed("4101")))
    }

    #[test]
    fn names_are_replaced_and_doubled_braces_are_braces() {
        assert_eq!(filled("http://127.0.0.1:{port}/{port}"), Ok("http://127.0.0.1:4101/4101".into()));
        assert_eq!(filled(r#"{{"port":{port}}}"#), Ok(r#"{"port":4101}"#.into()));
        assert_eq!(filled("plain"), Ok("plain".into()));
    }

    #[test]
    fn other_names_and_lonely_braces_are_refused() {
        assert_eq!(filled("{prot}"), Err(PlaceholderError::Unknown("prot".into())));
        assert_eq!(filled("a{"), Err(PlaceholderError::Lonely));
        assert_eq!(filled("a}b"), Err(PlaceholderError::Lonely));
        assert_eq!(filled("{é"), Err(PlaceholderError::Lonely));
    }
}
