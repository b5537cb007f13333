//! Waiting for one's turn at a registration endpoint that takes only so many in a second: status 429 with `Retry-After`
//! (RFC 6585 section 4). Such a limit says nothing about scope, and a run that ran into it would know nothing of the server.

use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};

use crate::wire::Reply;

/// The longest pause that is made; a server that asks for more is not waited for.
const LONGEST: Duration = Duration::from_secs(5);
/// How often in a row one may be sent away; then nobody waits any more until a registration gets through.
const REFUSALS: u32 = 10;

/// Who is sent away waits in this queue, one at a time, so that nobody is overtaken for ever.
#[derive(Debug, Default)]
pub(super) struct Queue {
    refusals: u32,
}

impl Queue {
    /// How long to wait before the same registration is sent once more; `None` where it got an answer, or there is no use in waiting.
    fn pause(&mut self, reply: &Reply) -> Option<Duration> {
        if reply.status != 429 {
            self.refusals = 0;
            return None;
        }
        let seconds = reply.header("retry-after")?.trim().parse().ok()?;
        // What asks for no time at all would be asked without a pause.
        let pause = Duration::from_secs(seconds).max(Duration::from_millis(100));
        if pause > LONGEST || self.refusals == REFUSALS {
            return None;
        }
        self.refusals += 1;
        Some(pause)
    }
}

/// A registration that may have to be sent several times. From its first pause to its end nobody else waits.
#[derive(Debug)]
pub(crate) struct Turn<'q> {
    queue: &'q Mutex<Queue>,
    held: Option<MutexGuard<'q, Queue>>,
}

impl<'q> Turn<'q> {
    /// A turn in this queue.
    pub(super) fn of(queue: &'q Mutex<Queue>) -> Self {
        Self { queue, held: None }
    }

    /// Whether the registration that got this answer is to be sent once more. It comes back when it is time.
    pub(crate) async fn again(&mut self, reply: &Reply) -> bool {
        if self.held.is_none() {
            if reply.status != 429 {
                return false;
            }
            self.held = Some(self.queue.lock().await);
        }
        let pause = self.held.as_mut().and_then(|queue| queue.pause(reply));
        match pause {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, retry_after: Option<&str>) -> Reply {
        let headers = retry_after.map(|text| ("Retry-After".to_owned(), text.to_owned()));
        Reply { status, headers: headers.into_iter().collect(), body: Vec::new(), oversized: false }
    }

    #[test]
    fn who_is_sent_away_waits_as_long_as_the_server_says() {
        let mut queue = Queue::default();
        assert_eq!(queue.pause(&reply(429, Some("2"))), Some(Duration::from_secs(2)));
        assert_eq!(queue.pause(&reply(429, Some("0"))), Some(Duration::from_millis(100)));
        assert_eq!(queue.pause(&reply(201, None)), None);
    }

    #[test]
    fn nobody_waits_without_a_number_of_seconds_or_for_long() {
        let mut queue = Queue::default();
        for time in [None, Some("soon"), Some("-1"), Some("6"), Some("Wed, 21 Oct 2026 07:28:00 GMT")] {
            assert_eq!(queue.pause(&reply(429, time)), None, "{time:?}");
        }
    }

    #[test]
    fn nobody_waits_for_a_server_that_takes_nobody_until_it_takes_one() {
        let mut queue = Queue::default();
        let refused = reply(429, Some("1"));
        assert_eq!((0..100).filter(|_| queue.pause(&refused).is_some()).count(), 10);
        assert_eq!(queue.pause(&reply(400, None)), None);
        assert!(queue.pause(&refused).is_some());
    }
}
