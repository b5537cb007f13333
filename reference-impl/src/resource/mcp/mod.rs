//! The operations as tools of the Model Context Protocol, over streamable HTTP without streams: every answer is one
//! JSON object.
//!
//! Both wires are spoken: the one that begins with `initialize` (up to revision 2025-11-25), and the stateless one of
//! 2026-07-28. Every message needs a good token, so that the first one already meets the challenge, and a call of a tool
//! needs the scope of its operation.

mod body;
mod endpoint;
mod message;
mod method;
mod revision;

pub(super) use endpoint::endpoint;
