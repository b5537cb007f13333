//! The adapter protocol (`design.md` section 5.2) as data: the rules that an adapter keeps, what a declared dialect means for users, and the lines
//! of both sides as JSON Schemas.

mod dialect;
mod line;
mod member;
mod rule;
mod schemas;

pub use dialect::{Deviation, POINTS, Point, find_point};
pub use line::{
    Announcement, Crashed, Dialect, Farewell, Greeting, Nothing, Rejected, Suite, Unsupported, Welcome,
};
pub use rule::{CONTRACTS, RULES, Rule, find_rule};
pub(crate) use schemas::{reply, request};

/// The version of the protocol.
pub const VERSION: u32 = 1;
