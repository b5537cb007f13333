//! `results.json`: the whole of the results as one JSON document, for programs, and for `report` to render again.

use std::io::{self, Read, Write};

use crate::schema::{SchemaError, check_version};
use crate::{Results, escape};

/// Writes results, indented, with a line break at the end.
pub fn write(results: &Results, mut out: impl Write) -> Result<(), WriteError> {
    let text = to_string(results).map_err(WriteError::Encode)?;
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(WriteError::Io)
}

/// Reads results back. Fields that this version does not know are ignored.
pub fn read(mut input: impl Read) -> Result<Results, ReadError> {
    let mut text = Vec::new();
    input.read_to_end(&mut text).map_err(ReadError::Io)?;
    // The version is looked at first: a document of a later major version would only look malformed.
    let value: serde_json::Value = serde_json::from_slice(&text).map_err(ReadError::Json)?;
    if let Some(header) = value.get("header") {
        check_version(header).map_err(ReadError::Schema)?;
    }
    // Not from the value: an error is only of use with its line and column.
    let mut results: Results = serde_json::from_slice(&text).map_err(ReadError::Json)?;
    results.sort();
    Ok(results)
}

/// The document as text.
pub(crate) fn to_string(results: &Results) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(results)?;
    text.push('\n');
    Ok(escape::json(text))
}

/// Why results could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The results have no JSON form.
    #[error("the results could not be written as JSON ({0}); this is a bug in scopecheck, please report it")]
    Encode(#[source] serde_json::Error),
    /// The file or pipe refused them.
    #[error("the results could not be written ({0}); check the space and the rights where they should go")]
    Io(#[source] io::Error),
}

/// Why results could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file or pipe gave an error.
    #[error("the results could not be read ({0}); check that the file is there and that you may read it")]
    Io(#[source] io::Error),
    /// The document is not one of results.
    #[error("this is not a `results.json`: {0}; give the file that `--report json=PATH` wrote")]
    Json(#[source] serde_json::Error),
    /// The document has a form that this version does not read.
    #[error("the header of the results: {0}")]
    Schema(#[source] SchemaError),
}
