//! The scopes that the claims of a token state, in every form that is in use.
//!
//! The standard form is one string `scope` (RFC 8693 section 4.2); `scp`, and arrays under either name, are read too.
//! Nothing is merged and nothing is dropped silently: what is odd about the claims is listed beside what they say, so
//! that a client may go on with what is certain and a resource server may refuse.

mod dialect;
mod members;
mod problem;
mod read;
mod types;

pub use dialect::{read_claims_of_cli_engine, read_claims_of_toolhive, split_white_space};
pub use members::Members;
pub use problem::{ClaimName, ClaimProblem};
pub use read::{Claims, read_claims};
pub(crate) use types::type_of;
