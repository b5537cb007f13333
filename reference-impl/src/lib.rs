//! The reference implementation of OAuth scope handling, and the faults that can be switched on in it.
//!
//! What this crate owns, from the bottom up:
//!
//! - [`scope`]: the grammar of RFC 6749 section 3.3, an ordered set of scope tokens, and the union of two lists.
//!   No input, no output, no state.
//! - [`registration`]: what a client's registration becomes under a server's policy (defaults, baseline), and the
//!   check of that policy at the three gates of a start-up.
//! - [`server`]: an authorization server on the loopback interface, built on the two above. It keeps everything in
//!   memory and consents to everything, for it exists to be tested.
//! - [`faults`]: bugs that somebody could ship, each with a name and switched at one place. A check that no fault
//!   turns red is not proven.
//!
//! What it refuses: it judges nothing. The suite reads scopes, challenges and tokens with code of its own, so that
//! a mistake here cannot cancel itself out.

pub mod faults;
pub mod registration;
pub mod scope;
pub mod server;

mod words;

pub use words::UnknownWord;
