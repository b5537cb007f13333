//! Clients under test, as the program tests them: the reference client, its faults, and clients that must not be green.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; helpers stand outside of `#[test]`"
)]

mod browser;
mod by_hand;
mod faults;
mod foreknowing;
mod keeping;
mod misbehaving;
mod never_green;
mod plain;
mod reference;
mod support;
mod usage;
