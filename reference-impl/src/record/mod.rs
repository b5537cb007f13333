//! What a client stores of a token (TOK-01): its text form, and nothing about where it is kept.

mod decode;
mod stored;

pub use decode::RecordError;
pub use stored::StoredRecord;
