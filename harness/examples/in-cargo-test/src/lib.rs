//! A small scope library, as many programs have one: it reads, writes, joins and compares lists of scopes.
//!
//! It is here to be tested. `tests/scopecheck.rs` shows how that is done.

use std::{collections::HashSet, error::Error, fmt};

/// Why a text or a list is no list of scopes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoScope {
    text: String,
}

impl fmt::Display for NoScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no scope: it is empty, or has a character that RFC 6749 section 3.3 leaves out",
            self.text
        )
    }
}

impl Error for NoScope {}

/// Reads a `scope` string. Its scopes are separated by spaces; a repeated one counts once, where it first stood.
pub fn parse(text: &str) -> Result<Vec<&str>, NoScope> {
    let scopes: Vec<&str> = text.split(' ').filter(|scope| !scope.is_empty()).collect();
    all_scopes(&scopes)?;
    Ok(once(scopes))
}

/// Writes a `scope` string.
pub fn serialize(scopes: &[&str]) -> Result<String, NoScope> {
    all_scopes(scopes)?;
    Ok(once(scopes.to_vec()).join(" "))
}

/// Joins two lists; the order of the first is kept, and what only the second has follows.
pub fn union<'s>(first: &[&'s str], second: &[&'s str]) -> Vec<&'s str> {
    once([first, second].concat())
}

/// What is required and not granted. Scopes are compared as they are, octet by octet.
pub fn missing<'s>(granted: &[&str], required: &[&'s str]) -> Vec<&'s str> {
    once(required.iter().copied().filter(|scope| !granted.contains(scope)).collect())
}

fn once(mut scopes: Vec<&str>) -> Vec<&str> {
    let mut seen = HashSet::new();
    scopes.retain(|scope| seen.insert(*scope));
    scopes
}

fn all_scopes(scopes: &[&str]) -> Result<(), NoScope> {
    let allowed = |octet: u8| matches!(octet, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    match scopes.iter().find(|scope| scope.is_empty() || !scope.bytes().all(allowed)) {
        Some(text) => Err(NoScope { text: (*text).to_owned() }),
        None => Ok(()),
    }
}
