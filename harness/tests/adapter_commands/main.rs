//! `scopecheck adapter`: what it says of adapters that misbehave, and that the starting points work as they are written.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod check;
mod new;
mod refused;
mod support;
mod tutorial;
