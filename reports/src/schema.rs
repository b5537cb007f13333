//! The JSON Schemas of the event log and of `results.json`, and the rule for their versions.
//!
//! Both are generated from the model and committed under `reports/schema/`. Within a major version fields are only
//! added, so a reader ignores what it does not know; another major version is refused.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::{Event, Results, SCHEMA_VERSION};

/// The schema of `results.json`.
pub fn results() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Results>()
}

/// The schema of one line of the event log.
pub fn event() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Event>()
}

/// Why a file of another form is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// It does not say which version it has.
    #[error("there is no `schema_version`, so this was not written by scopecheck; give a file that it wrote")]
    Missing,
    /// Its version is not of the form `MAJOR.MINOR`.
    #[error(
        "`schema_version` is `{found}`, which is not of the form `1.0`; give a file that scopecheck wrote"
    )]
    Malformed {
        /// What it says.
        found: String,
    },
    /// Its major version is another one.
    #[error(
        "`schema_version` is {found}, and this scopecheck reads {}.x; use the version of scopecheck that wrote the file",
        major(SCHEMA_VERSION).unwrap_or_default()
    )]
    Unknown {
        /// What it says.
        found: String,
    },
}

/// Whether a header, as JSON, has a version that this crate reads.
pub(crate) fn check_version(header: &Value) -> Result<(), SchemaError> {
    let found = match header.get("schema_version") {
        None => return Err(SchemaError::Missing),
        Some(Value::String(found)) => found.clone(),
        Some(other) => return Err(SchemaError::Malformed { found: other.to_string() }),
    };
    match major(&found) {
        None => Err(SchemaError::Malformed { found }),
        Some(major_found) if Some(major_found) == major(SCHEMA_VERSION) => Ok(()),
        Some(_) => Err(SchemaError::Unknown { found }),
    }
}

fn major(version: &str) -> Option<u32> {
    let (major, minor) = version.split_once('.')?;
    minor.parse::<u32>().ok()?;
    major.parse().ok()
}
