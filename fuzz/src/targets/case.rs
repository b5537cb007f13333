//! A case file: the loader, its errors, and the layout.

use scopecheck_scenarios::{error::SourceFile, format::format, model::Case, read::read};

use super::text;

/// A file is a case, or every mistake in it is shown in place; a file in the layout of the format stays as it is.
///
/// # Panics
///
/// Where that is not so.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let source = SourceFile { path: "case.toml".to_owned(), text: text.into() };
    if let Err(mistakes) = read::<Case>(&source) {
        assert!(!mistakes.is_empty(), "a refusal has a reason");
        for mistake in mistakes {
            assert!(
                mistake.span.end <= text.len() && mistake.to_string().contains("case.toml"),
                "a mistake has a place"
            );
        }
    }
    if let Ok(formatted) = format(&source) {
        let again = format(&SourceFile { path: source.path, text: formatted.as_str().into() });
        assert_eq!(again.ok().as_deref(), Some(formatted.as_str()), "a layout is reached in one step");
    }
}
