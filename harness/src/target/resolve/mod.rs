//! From the tables as written to a table that a run can use: merged, checked, with every mistake shown in place.

mod address;
mod client;
mod library;
mod merge;
mod parts;
mod server;
mod words;

pub(super) use client::resolve_client;
pub(super) use library::resolve_library;
pub(super) use server::resolve_server;
