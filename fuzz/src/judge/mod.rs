//! The judge's own readers, compiled from their files: the harness as a whole would bring hundreds of crates along.

#[path = "../../../harness/src/judge/challenge.rs"]
mod challenge;
#[path = "../../../harness/src/judge/jwt.rs"]
mod jwt;
#[path = "../../../harness/src/judge/scopes.rs"]
mod scopes;

pub use challenge::{Challenge, Malformed, challenge_members, read_challenges};
pub use jwt::{Jwt, read_jwt};
pub use scopes::{Scopes, is_token, keeps_grammar};
