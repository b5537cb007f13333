//! A library under test: what deviating ones are told, what the program prints, and the protocol of the reference adapter.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod adapters;
mod cli;
mod deviating;
mod embed;
mod protocol;
mod rules;
mod support;
