//! The adapter protocol (`design.md` section 5.2) over any reader and writer: one JSON object a line, answered in order.

mod broken;
mod line;
mod lines;
mod run;

pub use broken::FAULTS;
pub use run::run;
