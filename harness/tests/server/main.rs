//! `scopecheck server` against servers that answer badly, against hostile ones and against ones that must not be green: the built program,
//! its exact text and its exit code.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; helpers stand outside of `#[test]`"
)]

mod canaries;
mod determinism;
mod double;
mod expected;
mod faults;
mod hostile;
mod interrupt;
mod matrix;
mod never_green;
mod pin;
mod plain;
mod reach;
mod refused;
mod selection;
mod support;
