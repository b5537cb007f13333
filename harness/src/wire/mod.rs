//! The wire: requests as they are sent, answers as they came, and the record of both, redacted before anything is written.

mod curl;
mod form;
mod http;
mod page;
mod recorder;
mod redact;

pub use curl::curl;
pub use form::{Encoding, Pair, encode, encode_value};
pub use http::{Body, Pace, Reply, Request, Wire, WireError, WireLimits};
pub use page::{LoginForm, login_form};
pub use recorder::{REGISTRATION, Recorder};
pub use redact::Labels;
