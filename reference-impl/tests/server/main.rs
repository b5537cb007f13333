//! The reference authorization server over HTTP.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod authorize;
mod config;
mod consent;
mod credentials;
mod discovery;
mod faults;
mod hostile;
mod limits;
mod logging;
mod narrow;
mod refresh;
mod registration;
mod start;
mod support;
mod token;
mod update;
