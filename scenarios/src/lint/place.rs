//! Where the mistakes of one file are collected, and how a key is found again in its text.

use std::ops::Range;

use crate::{
    error::{FileError, SourceFile},
    model::Word,
    nearest::{any_of, did_you_mean},
};

/// One file under the lint.
#[derive(Debug)]
pub(super) struct Place<'a> {
    source: &'a SourceFile,
    pub(super) errors: Vec<FileError>,
}

impl<'a> Place<'a> {
    pub(super) fn new(source: &'a SourceFile) -> Self {
        Self { source, errors: Vec::new() }
    }

    /// Notes a mistake.
    pub(super) fn wrong(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(FileError::at(self.source, span.clone(), message).help(help));
    }

    /// Notes a word that is not on its list, with the nearest ones that are.
    pub(super) fn unknown<'w>(
        &mut self,
        word: &Word,
        kind: &str,
        known: impl Iterator<Item = &'w str> + Clone,
    ) -> bool {
        self.unknown_at(&word.span, &word.value, kind, known)
    }

    /// The same for a word that stands somewhere inside a span.
    pub(super) fn unknown_at<'w>(
        &mut self,
        span: &Range<usize>,
        word: &str,
        kind: &str,
        known: impl Iterator<Item = &'w str> + Clone,
    ) -> bool {
        if known.clone().any(|candidate| candidate == word) {
            return false;
        }
        self.wrong(span, format!("unknown {kind} `{word}`"), Self::suggestion(word, kind, known));
        true
    }

    /// What to write instead: the nearest words, or all of them where they are few.
    pub(super) fn suggestion<'w>(
        word: &str,
        kind: &str,
        known: impl Iterator<Item = &'w str> + Clone,
    ) -> String {
        did_you_mean(word, known.clone()).unwrap_or_else(|| {
            let mut all: Vec<String> = Vec::new();
            for word in known.map(|word| format!("`{word}`")) {
                if !all.contains(&word) {
                    all.push(word);
                }
            }
            match all.len() {
                0 => format!("there is no {kind} here"),
                1..=12 => format!("write {}", any_of(&all)),
                many => format!("nothing is near; there are {many}"),
            }
        })
    }

    /// The text of the file.
    pub(super) fn text(&self) -> &'a str {
        &self.source.text
    }

    /// The key of that name in the table (or the file's head) that holds this word; the word itself where it cannot be found.
    pub(super) fn key(&self, near: &Word, key: &str) -> Range<usize> {
        let text = self.text();
        let at = near.span.start.min(text.len());
        let begin = text[..at].rfind("\n[[").unwrap_or(0);
        let end = text[at..].find("\n[[").map_or(text.len(), |end| at + end);
        find_key(&text[begin..end], key)
            .map_or(near.span.clone(), |found| begin + found.start..begin + found.end)
    }

    /// A piece of text inside a span, for a caret that is narrower than the whole value.
    pub(super) fn inside(&self, span: &Range<usize>, piece: &str) -> Range<usize> {
        match self.text().get(span.clone()).and_then(|value| value.find(piece)) {
            Some(start) => span.start + start..span.start + start + piece.len(),
            None => span.clone(),
        }
    }
}

/// `key` followed by `=` or `.`, not as a part of a longer word and not in a comment.
fn find_key(text: &str, key: &str) -> Option<Range<usize>> {
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.match_indices(key).map(|(start, _)| start..start + key.len()).find(|range| {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].trim_start_matches([' ', '\t']);
        let line = text[..range.start].rsplit('\n').next().unwrap_or_default();
        !before.is_some_and(|c| part_of_word(c) || c == '"' || c == '\'')
            && (after.starts_with('=') || after.starts_with('.'))
            && !line.trim_start().starts_with('#')
    })
}
