//! Waiting for a lock, with an end.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Entry, StoreError, StoreKey, TokenStore};

/// How long a lock is waited for: longer than a refresh may take.
const PATIENCE: Duration = Duration::from_secs(40);
/// How often it is asked for.
const PAUSE: Duration = Duration::from_millis(5);

/// The lock of an entry, as soon as nobody else has it.
pub(in crate::client) async fn lock(
    store: &dyn TokenStore,
    key: &StoreKey,
) -> Result<Box<dyn Entry>, StoreError> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(entry) = store.try_lock(key)? {
            return Ok(entry);
        }
        if Instant::now() >= end {
            return Err(StoreError::Busy(key.url()));
        }
        sleep(PAUSE).await;
    }
}
