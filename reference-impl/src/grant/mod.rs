//! What a client holds: what was recorded when the token was issued, and what the token itself states.

mod granted;
mod recorded;

pub use granted::{GrantRule, Granted, GrantedScope, granted};
pub use recorded::{Provenance, Recorded, RecordedError, recorded, recorded_of_cli_engine};
