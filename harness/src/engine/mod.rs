//! The engine: it does the steps of one instance, records every exchange, and hands the record to the judge.

mod anew;
mod authorize;
mod clients;
mod discover;
mod flow;
mod instance;
mod introspect;
mod log;
mod needs;
mod raw;
mod register;
mod result;
mod session;
mod steps;
mod token;
mod update;
mod walk;

pub use clients::delete_registered;
pub use instance::{Run, run_instance};
pub use result::{
    Bench, OUR_PROTOCOL, checked, cut, notes, of_contract, of_requirement, unexercised, unknown,
};
pub use session::StepHook;
