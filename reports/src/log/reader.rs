//! Reading an event log back.

use std::io::{self, BufRead};

use serde::Deserialize;
use serde_json::Value;

use crate::model::{Fold, FoldError};
use crate::schema::{SchemaError, check_version};
use crate::{Event, Results};

/// Reads a log to its end and folds it into results.
///
/// A log without a footer, or whose last line is torn, gives results that are not [`complete`](Results::complete).
/// Empty lines are skipped, and fields that this version does not know are ignored.
pub fn read(mut input: impl BufRead) -> Result<Results, ReadError> {
    let mut fold = Fold::default();
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        number += 1;
        if input.read_until(b'\n', &mut bytes).map_err(ReadError::Io)? == 0 {
            break;
        }
        let ended = bytes.ends_with(b"\n");
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match decode(&bytes) {
            Ok(event) => fold.push(event).map_err(|source| ReadError::Order { line: number, source })?,
            // A line without its line break was being written when the run was killed.
            Err(Bad::Json(_)) if !ended => break,
            Err(Bad::Json(source)) => return Err(ReadError::Line { line: number, source }),
            Err(Bad::Kind(found)) => return Err(ReadError::Kind { line: number, found }),
            Err(Bad::Schema(source)) => return Err(ReadError::Schema { line: number, source }),
        }
    }
    fold.finish().map_err(|_| ReadError::Empty)
}

enum Bad {
    Json(serde_json::Error),
    Kind(String),
    Schema(SchemaError),
}

/// The start of every event.
#[derive(Deserialize)]
struct Kind {
    event: String,
}

fn decode(bytes: &[u8]) -> Result<Event, Bad> {
    // Each kind is decoded for itself, because serde loses the column of a mistake inside a tagged enum.
    let kind: Kind = serde_json::from_slice(bytes).map_err(Bad::Json)?;
    match kind.event.as_str() {
        "header" => {
            // The version is looked at first: a header of a later major version would only look malformed.
            let header: Value = serde_json::from_slice(bytes).map_err(Bad::Json)?;
            check_version(&header).map_err(Bad::Schema)?;
            serde_json::from_slice(bytes).map(Event::Header).map_err(Bad::Json)
        }
        "case" => serde_json::from_slice(bytes).map(Event::Case).map_err(Bad::Json),
        "footer" => serde_json::from_slice(bytes).map(Event::Footer).map_err(Bad::Json),
        _ => Err(Bad::Kind(kind.event)),
    }
}

/// Why a log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file or pipe gave an error.
    #[error("the event log could not be read ({0}); check that the file is there and that you may read it")]
    Io(#[source] io::Error),
    /// Nothing was recorded.
    #[error("the event log holds no header: the run ended before anything was recorded; run it again")]
    Empty,
    /// A line is not an event.
    #[error(
        "line {line} of the event log is not an event: {}; a log is only ever appended to, so restore the line or \
         render from a `results.json` of the same run",
        without_line(.source)
    )]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A kind of event that there is not.
    #[error("line {line} of the event log has the event `{found}`; write header, case or footer")]
    Kind {
        /// The line, from 1.
        line: usize,
        /// What it says.
        found: String,
    },
    /// The log has a form that this version does not read.
    #[error("line {line} of the event log: {source}")]
    Schema {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        source: SchemaError,
    },
    /// The events do not belong to one run.
    #[error("line {line} of the event log: {source}")]
    Order {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        source: FoldError,
    },
}

/// What is wrong within a line. Its own line number is always 1 and would only compete with that of the log.
fn without_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}
