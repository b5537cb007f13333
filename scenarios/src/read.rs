//! One file into one type, with mistakes in the words of the format instead of those of the parser.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::{
    error::{FileError, SourceFile},
    nearest::{any_of, did_you_mean},
};

/// How many mistakes of one file are worth showing.
const MOST: usize = 20;

/// Reads a file, or says everything that is wrong with it.
///
/// The parser stops at the first mistake, so the table that holds it is blanked and the rest is read again.
pub fn read<T: DeserializeOwned>(source: &SourceFile) -> Result<T, Vec<FileError>> {
    let mut error = match toml::from_str(&source.text) {
        Ok(read) => return Ok(read),
        Err(error) => error,
    };
    let mut errors = Vec::new();
    let mut text = source.text.to_string();
    while errors.len() < MOST {
        let span = error.span().unwrap_or(0..0);
        let (message, help) = in_our_words(error.message());
        errors.push(FileError::at(source, span.clone(), message).maybe_help(help));
        // What stands before the first table has no table to blank, and a file that is no TOML has no tables.
        let Some(block) = block(&text, span.start) else { break };
        text.replace_range(block.clone(), &blank(&text[block]));
        match toml::from_str::<T>(&text) {
            Err(next) if next.span().is_some_and(|span| !span.is_empty()) => error = next,
            _ => break,
        }
    }
    errors.sort_by_key(|error| error.span.start);
    Err(errors)
}

/// The `[[table]]` around a place, with the tables inside it.
fn block(text: &str, at: usize) -> Option<Range<usize>> {
    let starts: Vec<usize> = text
        .match_indices("[[")
        .map(|(start, _)| start)
        .filter(|start| *start == 0 || text[..*start].ends_with('\n'))
        .collect();
    let begin = *starts.iter().rfind(|start| **start <= at)?;
    let name = text[begin + 2..].split(']').next().unwrap_or_default();
    let inner = format!("[[{name}.");
    let end = starts.iter().find(|start| **start > begin && !text[**start..].starts_with(&inner));
    Some(begin..end.copied().unwrap_or(text.len()))
}

/// As many octets and lines, with nothing on them.
fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

/// The parser's message, and what to do next.
fn in_our_words(message: &str) -> (String, Option<String>) {
    if let Some((key, known)) = unknown(message, "unknown field ") {
        return (format!("unknown key `{key}`"), Some(suggestion(key, &known, "the keys known here are")));
    }
    if let Some((word, known)) = unknown(message, "unknown variant ") {
        return (
            format!("unknown word `{word}`"),
            Some(suggestion(word, &known, "the words known here are")),
        );
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        return (format!("the key {key} is missing"), Some(format!("add {key} to this table")));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        let rest =
            rest.replace("a sequence", "an array").replace("a map", "a table").replace("map,", "table,");
        let help = "write a value of that type; strings always stand in quotes".to_owned();
        return (format!("wrong type: {}", rest.replace("sequence,", "array,")), Some(help));
    }
    if message == "duplicate key" {
        return ("this key is there already".to_owned(), Some("keep one of the two".to_owned()));
    }
    (message.to_owned(), None)
}

/// The word that was not expected, and those that were.
fn unknown<'m>(message: &'m str, prefix: &str) -> Option<(&'m str, Vec<&'m str>)> {
    let quoted: Vec<&str> = message.strip_prefix(prefix)?.split('`').skip(1).step_by(2).collect();
    let (word, known) = quoted.split_first()?;
    Some((word, known.to_vec()))
}

fn suggestion(word: &str, known: &[&str], introduction: &str) -> String {
    did_you_mean(word, known.iter().copied()).unwrap_or_else(|| {
        let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        match known.as_slice() {
            [] => "no key is known here".to_owned(),
            known => format!("{introduction} {}", any_of(known)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Case;

    fn mistake(rest: &str) -> String {
        let text = format!("id = \"server/a/b\"\ntitle = \"T\"\nsubject = \"server\"\n{rest}");
        let errors = read::<Case>(&SourceFile { path: "case.toml".into(), text: text.into() }).unwrap_err();
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_mistake_of_the_parser_is_said_in_words_of_the_format() {
        let mistakes = [
            "impcat = 'leak'",
            "impact = 'leak'\n[[step]]\nid = 'go'\nrefresh = { tokn = 'x' }",
            "impact = 'leak'\n[[step]]\nid = 'go'\nintrospect = { zzzz = 'x' }",
            "impact = 'leak'\n[[steps]]\nid = 'go'",
            "impact = 'leak'\n[[check]]\nid = 'x'",
            "impact = 'leak'\nneeds = 'grant.code'",
            "impact = 'leak'\n[[step]]\nid = 'go'\nauthorize = { scope = 3 }",
            "impact = 'leak'\n[[step]]\nid = 'go'\nauthorize = { scope = { hax = '61' } }",
            "impact = 'leak'\n[[check]]\nid = 'x'\nwitness = 'go.decided'\nexpect = { same-set = { scope = 'a' } }",
            "impact = 'leak'\n[[check]]\nid = 'x'\nwitness = 'go.decided'\nexpect = { one-of = [], is = { grantd = 'go' } }",
            "impact = 'leek'",
            "impact = 'leak'\n[[check]]\nid = 'x'\nwitness = 'go.decided'\noutcomes = [{ else = 'warning' }]",
            "impact = 'leak'\nimpact = 'leak'",
            "impact = leak",
            "impact = 'leak'\n[[row]]\nask = 'a'",
        ];
        insta::assert_snapshot!(mistakes.map(mistake).join("\n\n"));
    }

    #[test]
    fn every_table_of_a_file_gets_its_mistake() {
        insta::assert_snapshot!(mistake(
            "impact = 'leak'\n[[row]]\nask = 'a'\n[[step]]\nid = 'go'\nrefresh = { tokn = 'x' }\n[[check]]\nid = 'x'\nwitness = 3\n"
        ));
    }
}
