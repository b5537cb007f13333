//! Faults: named bugs that the reference implementation can switch on.
//!
//! Each is a bug that somebody could ship (many of them somebody did), has one line in the table and is switched at
//! one place in the code. The table is all that `serve --list-faults` knows.

mod info;
mod table;

pub use info::{FaultInfo, FaultProfile, Role, Standing};
pub use table::{Fault, all, find};
