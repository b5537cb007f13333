//! The kill matrix: which fault of the reference implementation turns which check red.

mod others;
mod proven;
mod server;
mod tried;
mod types;
mod whole;

pub use server::Describe;
pub use tried::tried;
pub use types::{Killed, Matrix, Verdicts, merge};
pub use whole::matrix;

use types::killed;
