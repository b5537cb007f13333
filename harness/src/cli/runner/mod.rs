//! What every command that drives a subject does: settle the configuration, open the outputs, run, and report.

mod inputs;
mod outputs;
mod pins;
mod section;
mod setup;
mod stop;
mod whole;

pub(super) use inputs::{Inputs, profiles};
pub(super) use outputs::Outputs;
pub(super) use pins::try_pins;
pub(super) use section::needed_tables;
pub(crate) use section::{Section, instances};
pub(super) use setup::{setting, setup};
pub(super) use stop::{Stop, listen, runtime};
pub(super) use whole::{Ground, Title, Whole};
