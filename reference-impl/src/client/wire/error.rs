//! Why there is no answer.

use std::time::Duration;

use crate::client::shown::shown;

/// Why there is no answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// A text that is no URL which can be called.
    #[error("`{}` is no URL that can be called: {why}; write an absolute http or https URL", place(url))]
    Url {
        /// The text.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// Tokens would travel unprotected.
    #[error("`{}` is plain http to another machine, where a token could be read on its way; use https", place(.0))]
    Unprotected(String),
    /// Nobody listens, or the connection broke.
    #[error("no answer from {}: {why}; check that it runs and can be reached", place(url))]
    Connection {
        /// What was called.
        url: String,
        /// What the system said.
        why: String,
    },
    /// The answer did not end in time.
    #[error("no complete answer from {} within {}; try again, or raise the time limit", place(url), seconds(*limit))]
    TimedOut {
        /// What was called.
        url: String,
        /// The limit.
        limit: Duration,
    },
    /// The body is larger than any that we have a use for.
    #[error("the answer from {} is larger than {} KiB, which no answer of its kind should be", place(url), cap / 1024)]
    TooLarge {
        /// What was called.
        url: String,
        /// The largest body that is read, in bytes.
        cap: usize,
    },
    /// The system has no means to speak HTTP.
    #[error("HTTP cannot be spoken here: {0}; check the certificates of the system")]
    NoClient(String),
}

/// A URL without its query, where the state of a login and its code would stand.
fn place(url: &str) -> String {
    shown(url.split_once('?').map_or(url, |(place, _)| place))
}

/// A time as people write it.
fn seconds(time: Duration) -> String {
    if time.subsec_millis() == 0 {
        format!("{} s", time.as_secs())
    } else {
        format!("{} ms", time.as_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_of_a_login_is_shown() {
        let url = "http://127.0.0.1:1/cb?code=secret&state=secret".to_owned();
        let error = HttpError::Connection { url, why: "Connection refused".to_owned() };
        insta::assert_snapshot!(error, @"no answer from http://127.0.0.1:1/cb: Connection refused; check that it runs and can be reached");
    }
}
