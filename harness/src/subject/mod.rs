//! The subject of a run as the run sees it: where it is, what it can do, and the clients that were registered with it.

mod clients;
mod discover;
mod queue;
mod setup;
mod starter;
mod world;

pub use clients::{AuthMethod, Client, Clients, Registration, Sent};
pub use discover::{PrepareError, WELL_KNOWN_OAUTH, WELL_KNOWN_OPENID, well_known};
use queue::Queue;
pub(crate) use queue::Turn;
pub use setup::{ClientMode, Login, Setup};
pub use starter::{Launch, Launched, Starter};
pub use world::World;
