//! What keeps registrations from filling the server: a rate, and a number of clients (DCR-01).

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::app::App;
use super::errors::OAuthError;
use super::outside::instant;
use super::respond::text_response;

/// A rate: so many in a second, and as many at once after a rest.
#[derive(Debug)]
pub(super) struct Rate {
    interval: Duration,
    // When the next one would come if they came evenly. It may lie up to a second ahead.
    next: Mutex<Option<Instant>>,
}

impl Rate {
    /// A rate of `per_second`.
    pub(super) fn new(per_second: NonZeroU32) -> Self {
        Self { interval: Duration::from_secs(1) / per_second.get(), next: Mutex::new(None) }
    }

    /// Counts one that comes `now`, if there is room for it.
    fn admits(&self, now: Instant) -> bool {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let due = next.map_or(now, |next| next.max(now));
        let admitted = due + self.interval <= now + Duration::from_secs(1);
        if admitted {
            *next = Some(due + self.interval);
        }
        admitted
    }
}

/// The answer to a request above the rate, if this one is: status 429, in plain text, with the time to wait.
pub(super) fn above_rate(app: &App) -> Option<Response> {
    if app.rate.as_ref().is_none_or(|rate| rate.admits(instant())) {
        return None;
    }
    let text = "too many registrations; wait a second\n";
    Some(retry_after(text_response(StatusCode::TOO_MANY_REQUESTS, text), "1"))
}

/// The answer to a registration for which there is no room.
pub(super) fn full(app: &App) -> Response {
    let error = OAuthError::server_error("no more clients can be registered; delete one, or try later");
    let error = OAuthError { status: StatusCode::SERVICE_UNAVAILABLE, ..error };
    retry_after(error.response(app), "60")
}

fn retry_after(mut response: Response, seconds: &'static str) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(rate: &Rate, now: Instant, times: usize) -> usize {
        (0..times).filter(|_| rate.admits(now)).count()
    }

    #[test]
    fn a_rate_admits_so_many_at_once_and_then_so_many_in_a_second() {
        let rate = Rate::new(NonZeroU32::new(4).unwrap());
        let start = instant();
        assert_eq!(admitted(&rate, start, 10), 4);
        assert_eq!(admitted(&rate, start + Duration::from_millis(249), 10), 0);
        assert_eq!(admitted(&rate, start + Duration::from_millis(250), 10), 1);
        assert_eq!(
            admitted(&rate, start + Duration::from_mins(1), 10),
            4,
            "a rest saves up no more than a second"
        );
    }

    #[test]
    fn the_highest_rate_that_can_be_written_admits_whatever_comes() {
        let rate = Rate::new(NonZeroU32::MAX);
        assert_eq!(admitted(&rate, instant(), 10_000), 10_000);
    }
}
