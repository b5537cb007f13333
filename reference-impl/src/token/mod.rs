//! The claims of a token, read without verifying anything.
//!
//! For a client, which may look whether it needs to ask again. It is no decision: whoever holds the resource verifies
//! the signature first (M43).

mod read;

pub use read::{OpaqueReason, Reading, Segments, read_token, read_token_of};
