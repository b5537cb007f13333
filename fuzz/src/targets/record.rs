//! A stored record.

use scopecheck_reference::record::StoredRecord;

use super::text;

/// A record is read or refused; what was read comes back the same when it is written and read again.
///
/// # Panics
///
/// Where that is not so.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let Ok(record) = StoredRecord::decode(text) else { return };
    let written = record.encode();
    let again = StoredRecord::decode(&written).expect("what was written is read");
    assert_eq!(again.encode(), written, "a record survives being written");
    let _ = record.valid_at(i64::MAX);
    let _ = record.valid_at(i64::MIN);
}
