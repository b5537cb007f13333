//! Whether a scope that is held covers one that is asked for, under a strategy (AZ-12).
//!
//! Scopes are opaque to OAuth, and equality is the only match that needs no agreement (C22). The other two strategies
//! are for servers that have agreed on one, and must be chosen.

mod covering;
mod strategy;

pub use covering::missing_under;
pub use strategy::Strategy;
