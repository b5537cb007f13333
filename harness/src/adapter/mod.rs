//! The driver of adapters: libraries in any language, behind a process that speaks the adapter protocol (`design.md` section 5.2).
//!
//! One thread owns the conversation, so that calls of many threads share one window and every deadline has one keeper.
//! Nothing that a process does stops it: each breach is recorded once, with its usual cause and its mend.

mod child;
mod command;
mod driver;
mod error;
mod flight;
mod goodbye;
mod harm;
mod hello;
mod kinds;
mod lines;
mod opening;
mod pump;
mod record;
mod reply;
mod requests;
#[cfg(test)]
mod tests;

pub use command::{AdapterCommand, AdapterLimits};
pub use driver::ProcessAdapter;
pub use error::StartError;
