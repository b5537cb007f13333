//! `parse` and `serialize`: a scope string and its scopes.

use serde::Deserialize;
use serde_json::json;

use crate::claims::split_white_space;
use crate::faults::Fault;
use crate::library::input::{Text, read, scope_set, texts};
use crate::library::instance::Library;
use crate::library::profile::LibraryProfile;
use crate::library::reply::{Answer, Refusal};
use crate::scope::{ScopeSet, union_scopes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParseInput {
    text: Text,
}

/// `parse`: a scope string.
pub(in crate::library) fn parse(library: &Library, input: &str) -> Answer {
    let text = read::<ParseInput>(input)?.text.utf8()?;
    Ok(json!({ "scopes": scopes_of(library, &text)? }))
}

/// The scopes of a string.
fn scopes_of(library: &Library, text: &str) -> Result<Vec<String>, Refusal> {
    let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
    if library.has(Fault::ParseKeepsEmpties) {
        return Ok(owned(text.split(' ').collect()));
    }
    if library.has(Fault::ParseAnyWhitespace) {
        let words: Vec<&str> = split_white_space(text).collect();
        return ScopeSet::from_tokens(&words).map(ScopeSet::into_strings).map_err(Refusal::malformed);
    }
    if library.has(Fault::ParseComma) {
        return Ok(ScopeSet::parse(&text.replace(',', " ")).map_err(Refusal::malformed)?.into_strings());
    }
    if library.has(Fault::ParseGrammarUnchecked) {
        return Ok(words_of_toolhive(text));
    }
    match library.profile() {
        LibraryProfile::Standard => {
            ScopeSet::parse(text).map(ScopeSet::into_strings).map_err(Refusal::malformed)
        }
        LibraryProfile::CliEngine => Ok(owned(split_white_space(text).collect())),
        LibraryProfile::Toolhive => Ok(words_of_toolhive(text)),
    }
}

/// The tokenizer TZ-F: split at the space, each word trimmed of what else is white, without duplicates.
fn words_of_toolhive(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').map(str::trim).filter(|word| !word.is_empty()).collect();
    union_scopes(&words, &[])
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SerializeInput {
    scopes: Vec<Text>,
}

/// `serialize`: the string of a list of scopes.
pub(in crate::library) fn serialize(library: &Library, input: &str) -> Answer {
    let scopes = texts(read::<SerializeInput>(input)?.scopes)?;
    let text = match library.profile() {
        LibraryProfile::Standard => scope_set(&scopes)?.to_string(),
        LibraryProfile::CliEngine | LibraryProfile::Toolhive => scopes.join(" "),
    };
    if library.has(Fault::SerializeTrailingSpace) && !text.is_empty() {
        return Ok(json!({ "text": format!("{text} ") }));
    }
    if library.has(Fault::SerializeComma) {
        return Ok(json!({ "text": text.replace(' ', ",") }));
    }
    Ok(json!({ "text": text }))
}
