//! The scripted world of a client case: a protected resource and one or two authorization servers on one loopback port, which answer by the rules of
//! the case and put down everything that the client sends.

mod answer;
mod arrival;
mod authorization;
mod callback;
mod challenge;
mod gate;
mod log;
mod mcp;
mod metadata;
mod overlap;
mod registration;
mod resource;
mod rules;
mod run;
mod servers;
mod stage;
mod state;
mod token;
mod verbatim;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

pub(super) use log::{Kind, Logged};
pub(super) use mcp::MCP;
pub(super) use resource::PLAIN;
pub(super) use stage::World;
