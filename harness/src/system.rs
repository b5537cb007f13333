//! Time of day, randomness and surroundings: everything that ends up in a result asks here, so that a seed repeats a run.

use std::time::Instant;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest as _, Sha256};

/// The clock of a run.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: Instant,
}

impl Default for Clock {
    fn default() -> Self {
        Self { started: Instant::now() }
    }
}

impl Clock {
    /// Milliseconds since the run began.
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The day, in UTC.
    #[expect(clippy::disallowed_methods, reason = "this is where the time is asked for")]
    pub fn today(&self) -> jiff::civil::Date {
        jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// The seconds since 1970.
    #[expect(clippy::disallowed_methods, reason = "this is where the time is asked for")]
    pub fn epoch(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }

    /// The time of day, RFC 3339, to the second.
    #[expect(clippy::disallowed_methods, reason = "this is where the time is asked for")]
    pub fn now(&self) -> String {
        let now = jiff::Timestamp::now();
        now.round(jiff::Unit::Second).unwrap_or(now).to_string()
    }
}

/// PATH, where programs are searched for; empty if there is none.
pub fn search_path() -> String {
    std::env::var_os("PATH").unwrap_or_default().to_string_lossy().into_owned()
}

/// Randomness of one instance. It depends on the seed and the id alone, so that neither the order nor the number of jobs changes it.
#[derive(Debug, Clone)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of an instance.
    pub fn new(seed: u64, id: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        hash.update(id.as_bytes());
        Self(ChaCha8Rng::from_seed(hash.finalize().into()))
    }

    /// A number, the seed of something that keeps dice of its own.
    pub fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// So many lower-case letters and digits, a letter first.
    pub fn word(&mut self, length: usize) -> String {
        const SIGNS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        (0..length)
            .map(|place| {
                let range = if place == 0 { 26 } else { 36 };
                let index = usize::try_from(self.0.next_u32() % range).unwrap_or_default();
                char::from(SIGNS[index])
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_depend_on_seed_and_id_alone() {
        let word = |seed, id| Dice::new(seed, id).word(12);
        assert_eq!(word(1, "a"), word(1, "a"));
        assert_ne!(word(1, "a"), word(2, "a"));
        assert_ne!(word(1, "a"), word(1, "b"));
    }
}
