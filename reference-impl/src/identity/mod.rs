//! Who a token is for, as far as its claims say, and whether that stays the same (contracts ID-01 to ID-03).

mod derive;
mod guard;

pub use derive::Identity;
pub use guard::{IdentityChanged, same_identity};
