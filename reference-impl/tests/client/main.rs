//! The reference client: against doubles that do as they are told, and against the reference servers.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod commands;
mod discovery;
mod double;
mod failing;
mod faults;
mod keeping;
mod logins;
mod reference;
mod store;
mod stories;
mod support;
