//! `WWW-Authenticate`: reading it by the grammar of RFC 9110 sections 11.2 and 11.6.1, and what RFC 6750 section 3
//! puts into it, read and written.

mod bearer;
mod error;
mod model;
mod read;
mod scan;
mod write;

pub use bearer::{BearerChallenge, BearerError, read_bearer};
pub use error::{ChallengeError, Trouble};
pub use model::{Challenge, Content, Parameter, Part};
pub use read::read_challenges;
pub use write::WriteError;
