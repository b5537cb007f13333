//! The judge: readers of scopes and tokens of its own, and the verdicts.
//!
//! Nothing here may call the reference implementation: equal bugs would cancel out.

mod answer;
mod challenge;
mod expect;
mod grade;
mod jwt;
mod outcome;
mod resolve;
mod scopes;
mod told;
mod verdict;

pub use answer::{Answer, Answers, Event, Missed, MissedKind, StepState};
pub use challenge::{Challenge, Malformed, challenge_members, read_challenges};
pub use expect::{Finding, evaluate};
pub use grade::{Breach, breach_grade};
pub use jwt::{Jwt, read_jwt};
pub use outcome::{Class, Outcome, Said, Weighed, classify};
pub(crate) use resolve::unbound;
pub use resolve::{Reading, Unavailable, granted, read_set};
pub use scopes::{Scopes, is_token, keeps_grammar};
pub(crate) use told::{error_lines, told, told_of_failure};
pub use verdict::{Judged, judge};
