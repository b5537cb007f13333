//! What a registration becomes under a server's policy, and whether that policy may be started with.
//!
//! Pure functions: a refused registration is an error and leaves nothing behind, for nothing was there.

mod admission;
mod baseline;
mod expand;
mod gates;
mod requested;

pub use admission::{AdmissionError, BASELINE_LIMIT, admit_baseline};
pub use baseline::{BASELINE_FIELD, BaselineError, validate_baseline};
pub use expand::{
    DEFAULT_SCOPES, Expansion, RegistrationError, RegistrationPolicy, effective_supported,
    expand_registration,
};
pub use gates::{Gate, GateError, ProviderParameters, RunConfig, RuntimeConfig};
pub use requested::{RequestedError, read_requested, read_requested_of_toolhive};
