//! The reference resource server over HTTP.
#![expect(clippy::unwrap_used, reason = "a helper that cannot do its work has to end the test that uses it")]

mod challenges;
mod claims;
mod faults;
mod hostile;
mod issuer;
mod mcp;
mod metadata;
mod reference;
mod support;
mod tokens;
