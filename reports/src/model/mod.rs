//! What a run consists of. Plain data with public fields: the harness builds it, the renderers read it.

mod case;
mod check;
mod counts;
mod exchange;
mod expectation;
mod footer;
mod grade;
mod header;
mod results;

pub use case::{CaseResult, StepNote};
pub use check::{CheckResult, Difference, RequirementRef, Witness};
pub use counts::{Counts, Tally};
pub use exchange::Exchange;
pub use expectation::Expectation;
pub use footer::Footer;
pub use grade::{Grade, UnknownGrade};
pub use header::{Header, SCHEMA_VERSION, Target};
pub(crate) use results::Fold;
pub use results::{Event, FoldError, Results};
