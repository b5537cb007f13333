//! Counterexamples as files: what a law search has found is stored under `.scopecheck/findings/`, put first in the next run against the same subject,
//! and put once more by `scopecheck replay`.
//!
//! A finding is a value, not a seed: it stays what it is when a generator changes. This module reads and writes files; it calls no subject and judges
//! nothing.

mod error;
mod file;
mod finding;
mod name;
mod parts;
mod sighting;
mod start;
mod store;
#[cfg(test)]
mod tests;

pub use error::FindingError;
pub use file::{FOLDER, find, home, read};
pub use finding::{Finding, SCHEMA_VERSION, StoredCall, StoredReply, StoredSubject};
pub use sighting::{Sighting, StoredInput};
pub use start::Start;
pub use store::FindingStore;
