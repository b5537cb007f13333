//! One TOML file into one type, with mistakes in the words of the format instead of those of the parser.

use scopecheck_scenarios::{error::SourceFile, nearest::did_you_mean};
use serde::de::DeserializeOwned;

use super::mistake::Mistake;

/// Reads a file that is already in memory.
pub(crate) fn read_toml<T: DeserializeOwned>(source: &SourceFile) -> Result<T, Mistake> {
    toml::from_str(&source.text).map_err(|error| translate(source, &error))
}

fn translate(source: &SourceFile, error: &toml::de::Error) -> Mistake {
    // The parser ends some messages with a line feed and a second sentence.
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    let (message, help) = in_our_words(&message);
    Mistake::at(source, error.span().unwrap_or(0..0), message).maybe_help(help)
}

/// The parser's message, and what to do next.
fn in_our_words(message: &str) -> (String, Option<String>) {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((key, known)) if message.starts_with("unknown field ") => {
            (format!("unknown key `{key}`"), Some(suggestion(key, known, "the keys known here are")))
        }
        Some((word, known)) if message.starts_with("unknown variant ") => {
            (format!("unknown word `{word}`"), Some(suggestion(word, known, "the words known here are")))
        }
        Some((key, _)) if message.starts_with("missing field ") => {
            (format!("the key `{key}` is missing"), Some(format!("add `{key}` to this table")))
        }
        _ => match message.strip_prefix("invalid type: ") {
            Some(rest) => {
                let rest = [
                    ("a sequence", "an array"),
                    ("a map", "a table"),
                    ("map,", "table,"),
                    ("sequence,", "array,"),
                ]
                .into_iter()
                .chain([(" usize", " a whole number"), (" u64", " a whole number")])
                .fold(rest.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours));
                let help = "write a value of that type; strings always stand in quotes";
                (format!("wrong type: {rest}"), Some(help.to_owned()))
            }
            None => (message.to_owned(), None),
        },
    }
}

fn suggestion(unknown: &str, known: &[&str], introduction: &str) -> String {
    did_you_mean(unknown, known.iter().copied()).unwrap_or_else(|| {
        let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        format!("{introduction} {}", known.join(", "))
    })
}
