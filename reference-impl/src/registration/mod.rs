//! What a registration becomes under a server's policy, and whether that policy may be started with.
//!
//! Pure functions: a refused registration is an error and leaves nothing behind, for nothing was there.

mod baseline;
mod expand;
mod gates;

pub use baseline::{BASELINE_FIELD, BaselineError, validate_baseline};
pub use expand::{
    DEFAULT_SCOPES, Expansion, RegistrationError, RegistrationPolicy, effective_supported,
    expand_registration,
};
pub use gates::{Gate, GateError, ProviderParameters, RunConfig, RuntimeConfig};
