//! What a run and the store tell one another.

use scopecheck_scenarios::laws::{Broken, Call, Reply};
use serde_json::Value;

/// A stored input of a law.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredInput {
    /// The name of its finding.
    pub name: String,
    /// The input.
    pub input: Value,
    /// Whether the library is known to change its mind about it.
    pub fickle: bool,
    /// Whether it was seen to break the law no longer.
    pub fixed: bool,
}

/// A counterexample, as a run has seen it.
#[derive(Debug, Clone, Copy)]
pub struct Sighting<'a> {
    /// The law.
    pub law: &'a str,
    /// The input of the law.
    pub input: &'a Value,
    /// What the law demands, and what was found.
    pub broken: &'a Broken,
    /// The calls, with their replies.
    pub calls: &'a [(Call, Reply)],
    /// Whether the law held when the input was put once more.
    pub fickle: bool,
    /// What the library calls itself.
    pub library: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Its language, where it says so.
    pub language: Option<&'a str>,
    /// The seed of the run.
    pub seed: u64,
    /// How many inputs the run generates for each law.
    pub cases: u32,
}
