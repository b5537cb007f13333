//! The reference authorization server.
//!
//! It listens on the loopback interface only, keeps everything in memory, and asks persons of its own invention for
//! consent. Where the standards leave a choice, the documentation of the module at hand says which one is made.
//!
//! A request goes `routes -> endpoint -> ask -> decide -> state -> response`: `ask` reads what is requested, `decide`
//! says what is granted and what the answer tells, and everything that a fault bends is bent at one place.

mod app;
mod ask;
mod authorize;
mod callback;
mod client;
mod client_auth;
mod config;
mod consent;
mod decide;
mod errors;
mod incoming;
mod introspect;
mod jwt;
mod limits;
mod log;
mod manage;
mod matching;
mod members;
mod metadata;
mod outside;
mod params;
mod redirect;
mod register;
mod registered_scope;
mod respond;
mod revoke;
mod routes;
mod running;
mod shrunk;
mod start_gates;
mod store;
mod token;
mod update;
mod upstream;

pub use config::{ClaimForm, Profile, ServerConfig, TokenFormat, UnknownScopes};
pub use consent::{Consent, Person};
pub use log::{Captured, Level, Log, Record};
pub use running::{RunningServer, StartError, start};
