//! A Rust library under test, inside its own `cargo test`: no second process, no file, no configuration.
//!
//! Every vector and every law that `scopecheck library` puts to an adapter is put to closures here, by the same judge. A closure reads
//! the members of its input, calls the library, and says what came out; it converts nothing else.
//!
//! ```
//! use scopecheck::embed::{Library, check, json};
//!
//! // The library under test. Yours is a crate; this one is two functions.
//! fn join(first: &[&str], second: &[&str]) -> Vec<String> {
//!     let mut union: Vec<String> = Vec::new();
//!     for scope in first.iter().chain(second) {
//!         if !union.iter().any(|known| known == scope) {
//!             union.push((*scope).to_owned());
//!         }
//!     }
//!     union
//! }
//!
//! fn missing(granted: &[&str], required: &[&str]) -> Vec<String> {
//!     let kept_out = required.iter().filter(|scope| !granted.contains(scope));
//!     kept_out.map(|scope| (*scope).to_owned()).collect()
//! }
//!
//! let library = Library::named("mine", "1.0.0")
//!     .declares("order", "kept")
//!     .op("union", |input| {
//!         Ok(json!({ "scopes": join(&input.list("first")?, &input.list("second")?) }))
//!     })
//!     .op("covers", |input| {
//!         let missing = missing(&input.list("granted")?, &input.list("required")?);
//!         Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
//!     });
//!
//! check(&library).assert_clean();
//! ```
//!
//! # What is offered is promised
//!
//! The operations, with the members of their inputs and answers, stand in [`OPERATIONS`]. An operation that is not offered is `n/a`, and a
//! library that offers nothing is never clean. Offering one accepts its vectors and its laws. What the library chooses where it may choose
//! is declared with [`Library::declares`]; [`SEMANTICS`] lists the points, the strict value first.
//!
//! # What a closure says
//!
//! `Ok` is an answer, a JSON object. `Err` is a [`Refusal`]: any [`std::error::Error`] becomes one, so that `?` on the library's own
//! error says "the input is refused"; [`Refusal::unsupported`] says that the library has no such thing, which is `n/a` and no verdict. A
//! panic is caught, is a crash, and fails; the run goes on. A call that does not come back within two seconds is `blocked`, and the third
//! of an operation gives that operation up. What ends the whole process (a stack overflow, an abort) ends the test as well: such a library
//! is better driven as a process, `scopecheck library -- CMD`.
//!
//! # What it costs
//!
//! Nothing is written, the environment is not read, no port is opened, and calls are made one at a time, on a thread of ours: the same
//! seed makes the same calls in the same order. While a call is watched over, a panic hook keeps its panic off the screen; it is
//! installed once and hands everything else to the hook that was there.
//!
//! This module is part of the crate `scopecheck`, which brings the whole program with it: about 240 crates, an HTTP client and server,
//! a runtime and a TLS backend that needs a C compiler among them; there is no feature that leaves them out. As a `dev-dependency` none
//! of it reaches those who use your crate, but the first `cargo test` builds it, which takes four minutes of processor time. A check of four
//! operations then takes about a second, and a fifth of that where dependencies are optimised:
//!
//! ```toml
//! [profile.dev.package."*"]
//! opt-level = 1
//! ```

mod check;
mod guard;
mod input;
mod known;
mod library;
mod mistakes;
mod patient;
mod plan;
mod refusal;
mod report;
mod run;

pub use check::{CASES, Check, check};
pub use input::Input;
pub use library::Library;
pub use refusal::Refusal;
pub use report::Report;

// What a user of this module needs of the crates below it.
pub use scopecheck_reports::{CaseResult, Counts, Grade, Results};
pub use scopecheck_scenarios::{
    laws::Reply,
    operations::{OPERATIONS, SEMANTICS},
};
pub use serde_json::{Value, json};

pub use crate::expected::ListedGrade;
pub use crate::library::{Adapter, Hello, Semantics};
