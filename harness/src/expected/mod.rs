//! `expected.toml`: the deviations of a target that are known, each with its reason.
//!
//! An entry excuses; it never hides. Expected cases still run, and an entry that no longer describes what happens is red itself.

mod apply;
mod catalog;
mod date;
mod entry;
mod error;
mod file;
mod paste;

pub use apply::{Applied, Options};
pub use catalog::CatalogCase;
pub use entry::{Entry, ListedGrade};
pub use error::ExpectedError;
pub use file::Expected;

#[cfg(test)]
mod tests;
