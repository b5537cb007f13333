//! The reference implementation of OAuth scope handling, and the faults that can be switched on in it.
//!
//! What this crate owns, from the bottom up:
//!
//! - [`scope`]: the grammar of RFC 6749 section 3.3, an ordered set of scope tokens, and the union of two lists.
//!   No input, no output, no state.
//! - [`matching`]: whether a scope that is held covers one that is asked for, exactly or under an agreed strategy.
//! - [`claims`], [`token`]: what the claims of a token state about its scope, contradictions and duplicates included,
//!   and how a client gets at them without verifying anything.
//! - [`grant`], [`step_up`]: what a client holds and how it knows, whether that suffices, what to ask for if not, and
//!   whether the answer brought it.
//! - [`challenge`]: `WWW-Authenticate`, read by the grammar and written.
//! - [`record`], [`identity`], [`metadata`], [`resolver`], [`callback`]: the text of a stored record, who a token is for,
//!   the scopes that a command declares, what it has asked for so far, and what a redirect brings. All without input, output or a clock.
//! - [`registration`]: what a client's registration becomes under a server's policy (defaults, baseline), and the
//!   check of that policy at the three gates of a start-up.
//! - [`server`]: an authorization server on the loopback interface, built on the two above. It keeps everything in
//!   memory and invents the persons who consent, for it exists to be tested.
//! - [`resource`]: a resource server on the loopback interface: operations that demand scopes, over plain HTTP and as
//!   MCP tools, with metadata and challenges.
//! - [`client`]: a client: token store, login, step-up, resolver, calls over plain HTTP and as an MCP client.
//! - [`library`], [`adapter`]: all of that behind the operations of the adapter protocol, with profiles and faults.
//! - [`faults`]: bugs that somebody could ship, each with a name and switched at one place. A check that no fault
//!   turns red is not proven.
//!
//! What it refuses: it judges nothing. The suite reads scopes, challenges and tokens with code of its own, so that
//! a mistake here cannot cancel itself out.

pub mod adapter;
pub mod callback;
pub mod challenge;
pub mod claims;
#[cfg(feature = "net")]
pub mod client;
pub mod faults;
pub mod grant;
pub mod identity;
pub mod library;
pub mod matching;
pub mod metadata;
pub mod record;
pub mod registration;
pub mod resolver;
#[cfg(feature = "net")]
pub mod resource;
pub mod scope;
#[cfg(feature = "net")]
pub mod server;
pub mod step_up;
pub mod token;

mod words;

pub use words::UnknownWord;
