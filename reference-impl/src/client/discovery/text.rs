//! Members of a metadata document.

use serde_json::{Map, Value};

/// A string.
pub(super) fn text(document: &Map<String, Value>, name: &str) -> Option<String> {
    document.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// An array of strings. An absent member is `None`; what is no string in it is left out.
pub(super) fn texts(document: &Map<String, Value>, name: &str) -> Option<Vec<String>> {
    let elements = document.get(name)?.as_array()?;
    Some(elements.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
