//! What a command has asked its provider for so far (RES-01), as plain state without a provider.

mod asked;

pub use asked::Asked;
