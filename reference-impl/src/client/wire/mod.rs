//! HTTP as the client speaks it.

mod client;
mod error;
mod reply;

pub(super) use client::Http;
pub use error::HttpError;
pub use reply::Reply;
