//! Appending to an event log.

use std::io::{self, Write};

use crate::{Event, escape};

/// Appends events to a log.
#[derive(Debug)]
pub struct EventWriter<W: Write> {
    out: W,
}

impl<W: Write> EventWriter<W> {
    /// A log that is written to `out`.
    pub fn new(out: W) -> Self {
        Self { out }
    }

    /// Appends one event and flushes it.
    pub fn append(&mut self, event: &Event) -> Result<(), WriteError> {
        // One write of a whole line: only a kill in the middle of it can tear the line.
        let mut line = escape::json(serde_json::to_string(event).map_err(WriteError::Encode)?);
        line.push('\n');
        self.out.write_all(line.as_bytes()).and_then(|()| self.out.flush()).map_err(WriteError::Io)
    }

    /// Gives back what was written to.
    pub fn into_inner(self) -> W {
        self.out
    }
}

/// Why an event could not be recorded.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The event has no JSON form.
    #[error("an event could not be written as JSON ({0}); this is a bug in scopecheck, please report it")]
    Encode(#[source] serde_json::Error),
    /// The file or pipe refused it.
    #[error("the event log could not be written ({0}); check the space and the rights where `--out` points")]
    Io(#[source] io::Error),
}
