//! The engine of Scopecheck: it drives subjects, grades what they do and decides the exit.
//!
//! One way through: `catalog -> plan -> run -> event log -> results -> reports` (`ARCHITECTURE.md`).

pub mod cli;
pub mod client;
pub mod engine;
pub mod expected;
pub mod filter;
pub mod judge;
pub mod library;
pub mod plan;
pub mod resource;
pub mod run;
pub mod script;
pub mod subject;
pub mod system;
pub mod target;
pub mod wire;
