//! Calls to a resource, with a token that is obtained and widened as the resource demands it.

mod call;
mod error;
mod steps;

pub(super) use call::Outgoing;
pub use call::Session;
pub use error::CallError;
