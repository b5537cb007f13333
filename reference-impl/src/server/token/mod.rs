//! The token endpoint (RFC 6749 section 3.2): one file for each grant type, one for the answer they share.

mod client_credentials;
mod code;
mod endpoint;
mod issue;
mod refresh;

pub(super) use endpoint::token;
