//! One login: registration, the authorization request, its answer, and the exchange of the code.

mod authorize;
mod browser;
mod error;
mod exchange;
mod fetch;
mod flow;
mod registration;

pub use error::{LoginError, RegistrationError, TokenError};
pub(super) use exchange::{TokenAnswer, redeem};
pub(super) use flow::{Flow, LoggedIn};
pub(super) use registration::Registration;
