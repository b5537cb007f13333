//! The report for people.
//!
//! Areas first, with every case that a reader has to see; then what could not be exercised and what did not apply,
//! counted by reason; then the counts, the exit code in words, and what to type next. Nothing is said by colour
//! alone. The text is for eyes and may change with every release; programs read `results.json`.

mod cases;
mod checks;
mod expectations;
mod header;
mod options;
mod page;
mod reasons;
mod render;
mod summary;

pub(crate) use cases::details;
pub use options::TerminalOptions;
pub use render::render;
