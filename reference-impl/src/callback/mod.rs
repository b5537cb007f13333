//! What the redirect of an authorization server brings to a client. Pure: whoever listens for it calls this.

mod query;

pub use query::{Callback, read_callback};
