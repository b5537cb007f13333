//! Everything that Scopecheck knows about scope, as data: requirements, cases, flows and scripts, and the code that loads and lints them.
//!
//! The crate owns the *format* (what a case or vector can say) and refuses what it cannot say, and the *laws*, pure judgements over what a
//! library answered. It runs nothing and imports nothing of ours: `harness` executes what is loaded here. `scenarios/README.md` shows the
//! format line by line.

pub mod catalog;
pub mod coverage;
pub mod error;
pub mod export;
pub mod format;
pub mod laws;
mod library_tables;
pub mod link;
pub mod lint;
mod load;
pub mod model;
pub mod nearest;
pub mod operations;
pub mod protocol;
pub mod read;
pub mod scaffold;
pub mod schema;
pub mod tables;
pub mod template;
pub mod vectors;
pub mod vocabulary;
pub mod words;
