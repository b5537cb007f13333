//! What a plain MCP client does (streamable HTTP): initialise, list the tools, call each once.

mod message;
mod visit;

pub use visit::{McpVisit, visit};
