//! The reference resource server.
//!
//! It listens on the loopback interface only and does nothing but to say which scopes a token has: it exists to be
//! tested. Its operations are there as plain HTTP and as tools of an MCP server.
//!
//! A request goes `routes -> endpoint -> credentials -> guard -> answer`: `credentials` finds the token, `guard` checks
//! it (`jwt` or `introspection`), reads its scope (`held`) and compares it with what the operation demands (`demand`).
//! Whatever is refused is answered by `refusal`, with a challenge. Everything that a fault bends is bent at one place.

mod app;
mod ask;
mod challenge;
mod clock;
mod config;
mod credentials;
mod demand;
mod gate;
mod guard;
mod held;
mod introspection;
mod issuer;
mod jwt;
mod mcp;
mod metadata;
mod plain;
mod refusal;
mod respond;
mod routes;
mod running;

pub use config::{Match, Operation, ResourceConfig, TokenCheck};
pub use gate::ConfigError;
pub use running::{RunningResource, StartError, start};
