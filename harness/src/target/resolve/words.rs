//! Words that have to be in a list or in a grammar.

use std::ops::Range;

use scopecheck_scenarios::{error::SourceFile, model::Word, nearest::did_you_mean, vocabulary::Entry};

use super::super::mistake::Mistake;

/// Refuses a word that the vocabulary does not know.
pub(super) fn known(
    source: &SourceFile,
    word: &str,
    span: Range<usize>,
    list: &[Entry],
    what: &str,
) -> Result<(), Mistake> {
    let words = || list.iter().map(|entry| entry.word);
    if words().any(|known| known == word) {
        return Ok(());
    }
    let help = did_you_mean(word, words()).unwrap_or_else(|| {
        format!("write one of {}", words().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
    });
    Err(Mistake::at(source, span, format!("unknown {what} `{word}`")).help(help))
}

/// A single scope-token (RFC 6749 section 3.3).
pub(super) fn scope_token(source: &SourceFile, word: &Word) -> Result<String, Mistake> {
    if !word.value.is_empty() && word.value.chars().all(in_scope_token) {
        return Ok(word.value.clone());
    }
    let help = if word.value.contains(' ') {
        "write each scope as a string of its own: `[\"a\", \"b\"]`"
    } else {
        "a scope is made of printable ASCII without space, `\"` and `\\` (RFC 6749 section 3.3)"
    };
    Err(Mistake::at(source, word.span.clone(), format!("`{word}` is not one scope")).help(help))
}

/// One or more scope-tokens, separated by single spaces.
pub(super) fn scope_list(source: &SourceFile, word: &Word) -> Result<String, Mistake> {
    if word.value.split(' ').all(|token| !token.is_empty() && token.chars().all(in_scope_token)) {
        return Ok(word.value.clone());
    }
    Err(Mistake::at(source, word.span.clone(), format!("`{word}` is no scope string")).help(
        "write scopes of printable ASCII, separated by one space each: `\"a b\"` (RFC 6749 section 3.3)",
    ))
}

fn in_scope_token(c: char) -> bool {
    matches!(c, '!' | '#'..='[' | ']'..='~')
}
