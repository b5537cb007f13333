//! Scripted servers: what a script beside a case says, played on wiremock.

mod fill;
mod player;
mod prove;
mod stage;

pub use player::{Play, Player};
pub use prove::{Proof, prove};
pub use stage::Stage;
