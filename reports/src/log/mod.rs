//! The event log: newline-delimited JSON, one [`Event`](crate::Event) a line, header first, footer last.
//!
//! It is only ever appended to, and every event is flushed, so that a run which is killed leaves all that it had
//! found out. A missing footer and a torn last line are therefore no errors: they say that the run was cut short.

mod reader;
mod writer;

pub use reader::{ReadError, read};
pub use writer::{EventWriter, WriteError};
