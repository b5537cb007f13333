//! The subject `resource`: a resource server, tokens of chosen scope, and the verdicts on what it lets in.
//!
//! The tokens come from an issuer of our own on the loopback interface, which the resource server has to trust. A case makes tokens (`token`)
//! and calls operations with them (`call`), over plain HTTP or as tools of an MCP server; the table of the target says which there are.

mod call;
mod discover;
mod embedded;
mod exercise;
mod issuer;
mod mint;
mod session;
mod setup;
mod tool;
mod verdicts;
mod world;

pub use embedded::{EmbeddedResource, TABLES, start_resource};
pub use exercise::ResourceExercise;
pub use issuer::{Issuer, IssuerError};
pub use setup::{Operation, OperationKind, ResourceSetup};
pub use verdicts::verdicts_resource;
pub use world::{ResourceError, ResourceWorld};
