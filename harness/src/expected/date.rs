//! Days: `expires = 2027-01-31`, as a TOML date or as a string.

use jiff::civil::Date;

/// Reads a TOML date or a string of the same form.
pub(super) fn day(value: &toml::Value) -> Option<Date> {
    let text = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Datetime(moment) if moment.time.is_none() => moment.to_string(),
        _ => return None,
    };
    text.parse().ok()
}
