//! Laws: what every answer to every input must satisfy, whoever answers.
//!
//! A law is a pure judgement over an input and the replies of a subject. It knows no implementation: the tests of the reference, the
//! fuzz targets and the runs against an adapter call the same ones. With the feature `generate` each law brings the strategy that
//! generates its inputs.

mod challenge;
mod claims;
mod covers;
mod ensure;
#[cfg(feature = "generate")]
mod generate;
mod law;
mod parse;
pub mod process;
mod recorded;
mod registration;
mod reply;
mod step_up;
mod table;
mod token;
mod union;

pub use law::{Broken, Call, Law, Put, Reply, Trial, put};
pub use table::{all, find};
