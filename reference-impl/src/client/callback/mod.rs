//! The redirect that brings the answer of the authorization server back.

mod listener;

pub use crate::callback::{Callback, read_callback};
pub(super) use listener::{Answered, Listener};
