//! The clock and the randomness of the client, in one place.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The time in seconds since 1970; 0 if the clock stands before that.
pub(super) fn now() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "whether a token is still valid is a question about the time"
    )]
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.ok().and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok()).unwrap_or_default()
}

/// A value that nobody can guess, of so many random bytes, as base64url.
pub(super) fn secret<const N: usize>() -> String
where
    rand::distr::StandardUniform: rand::distr::Distribution<[u8; N]>,
{
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; N]>())
}
