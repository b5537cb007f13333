//! The results of a run: their model, the event log they are folded from, and one renderer per format.
//!
//! This crate owns what a run *is* once it has happened. The harness appends [`Event`]s to a log
//! ([`log::EventWriter`]); [`Results`] are a fold of that log; every renderer is a pure function of [`Results`].
//! Nothing here decides anything: grades, the outcome of `expected.toml` and the exit code arrive as data.
//! Nothing here redacts either, because the recorder of the harness has done so before the first event is written.
//!
//! Three things are stable and versioned: the event log, `results.json` ([`json`]) and the schemas of both
//! ([`schema`]). The text for people ([`terminal`]) may change with every release.

mod areas;
pub mod escape;
mod format;
pub mod json;
pub mod junit;
pub mod log;
mod model;
pub mod schema;
pub mod terminal;

pub use format::{Destination, Format, FormatError, RenderError};
pub use model::{
    CaseResult, CheckResult, Counts, Difference, Event, Exchange, Expectation, FoldError, Footer, Grade,
    Header, RequirementRef, Results, SCHEMA_VERSION, StepNote, Tally, Target, UnknownGrade, Witness,
};
