//! The clock of the resource server, in one place.

use std::time::{SystemTime, UNIX_EPOCH};

/// The time in seconds since 1970; the end of time if the clock stands before that, so that every token has expired.
pub(super) fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "whether a token has expired depends on the time")]
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX, |elapsed| elapsed.as_secs())
}
