//! The engine of Scopecheck: it drives subjects, grades what they do and decides the exit.
//!
//! One way through: `catalog -> plan -> run -> event log -> results -> reports` (`ARCHITECTURE.md`).

pub mod adapter;
pub mod cli;
pub mod client;
pub mod embed;
pub mod engine;
pub mod expected;
pub mod filter;
pub mod findings;
pub mod judge;
pub mod library;
pub mod plan;
pub mod resource;
pub mod run;
pub mod script;
pub mod starters;
pub mod subject;
pub mod system;
pub mod target;
mod typed;
pub mod wire;
