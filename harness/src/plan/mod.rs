//! The plan: which cases are run, in which variants and rows, and what their placeholders stand for.

mod bind;
mod expand;
mod neighbours;

pub use bind::{Bindings, Fields, Given, Sent, Unbound};
pub use expand::{Instance, RowChoice, expand};
