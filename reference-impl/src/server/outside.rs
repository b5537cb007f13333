//! The clock and the randomness of the server, in one place.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The time in seconds since 1970; 0 if the clock stands before that.
pub(super) fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "tokens carry the time at which they were issued")]
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}

/// The time on a clock that never goes back.
pub(super) fn instant() -> Instant {
    Instant::now()
}

/// A value that nobody can guess: 256 bits as base64url.
pub(super) fn secret() -> String {
    URL_SAFE_NO_PAD.encode(seed())
}

/// 256 random bits.
pub(super) fn seed() -> [u8; 32] {
    rand::random()
}
