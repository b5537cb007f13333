//! A run: the plan is worked off, every case is put into the event log as it ends, and the exit code is decided.

mod counter;
mod drive;
mod embedded;
mod exercise;
mod exit;
mod finish;
mod matrix;

pub use counter::Counters;
pub use drive::{Drive, DriveOptions, Ended};
pub use embedded::{EmbeddedError, EmbeddedStarter, start_embedded, table_of};
pub use exercise::{Exercise, ServerExercise, Work};
pub use exit::{Exit, ExitFacts, decide};
pub use finish::{Finish, REQUIREMENTS, finish};
pub use matrix::{Describe, Killed, Matrix, Verdicts, matrix, merge, tried};
