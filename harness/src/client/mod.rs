//! The subject `client`: a scripted authorization and resource server, a client that is run against it, and the verdicts on what it sent.
//!
//! The client is a process of its own; nothing of it is called. What it is judged by are the requests that the world put down, its exit status and
//! whether it ended at all.

mod answers;
mod browser;
mod exercise;
mod hand;
mod leftovers;
mod process;
mod selftest;
mod setup;
mod shown;
mod stored;
mod trial;
mod verdicts;
mod world;

pub use browser::{OPENERS, visit};
pub use exercise::ClientExercise;
pub use hand::{Hand, Served};
pub use selftest::{reference_client, verdicts_client, verdicts_of};
pub use setup::{ClientSetup, LIMIT, PROTOCOL};
pub use verdicts::{EXIT_CLASS, with_exit};
