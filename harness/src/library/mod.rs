//! The subject `library`: code that parses, joins and decides on scopes, put to the vectors and the laws.
//!
//! What is expected stands in the data or is a law; nothing here knows what a right answer looks like.

mod adapter;
mod batch;
mod conduct;
mod contrary;
mod control;
mod dialect;
mod distance;
mod embedded;
mod emitted;
mod exercise;
mod law;
mod matcher;
mod protocol;
mod rename;
mod replay;
mod result;
mod show;
mod stored;
#[cfg(test)]
mod tests;
mod vector;
mod verdicts;

pub use adapter::{Adapter, Hello, PlannedCall, Semantics};
pub use conduct::{Breach, Conduct, Rule};
pub use contrary::Contrary;
pub use embedded::{Embedded, library_profile};
pub use exercise::{CASES, LibraryExercise};
pub use law::is_of_dialect;
pub use protocol::{is_of_manners, is_of_protocol};
pub use replay::{NotRun, Replay, Replayed, replay};
pub(crate) use show::{brief_within, shown_within};
pub use verdicts::{verdicts_contrary, verdicts_library};
