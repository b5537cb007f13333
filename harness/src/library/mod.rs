//! The subject `library`: code that parses, joins and decides on scopes, put to the vectors and the laws.
//!
//! What is expected stands in the data or is a law; nothing here knows what a right answer looks like.

mod adapter;
mod contrary;
mod distance;
mod embedded;
mod exercise;
mod law;
mod result;
mod show;
#[cfg(test)]
mod tests;
mod vector;
mod verdicts;

pub use adapter::{Adapter, Hello, Semantics};
pub use contrary::Contrary;
pub use embedded::{Embedded, library_profile};
pub use exercise::{CASES, LibraryExercise};
pub use law::is_of_dialect;
pub use verdicts::{verdicts_contrary, verdicts_library};
