//! The redirect that brings the answer of the authorization server back.

mod listener;

pub(super) use listener::Listener;
pub use crate::callback::{Callback, read_callback};
