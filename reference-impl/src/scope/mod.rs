//! Scope tokens, sets of them, and their union (RFC 6749 section 3.3).
//!
//! Three rules hold everywhere: tokens are equal only byte for byte, the space (0x20) is the only separator, and
//! where a list is written its order is that of first occurrence. Nothing here reads or writes anything.

mod seen;
mod set;
mod token;
mod union;

pub use set::ScopeSet;
pub use token::{ScopeError, ScopeToken, is_scope_byte};
pub use union::{common_scopes, distinct_scopes, missing_scopes, union_of, union_scopes};
