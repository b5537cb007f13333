//! Resource servers under test.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod faults;
mod run;
mod support;
