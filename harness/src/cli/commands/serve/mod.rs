//! `scopecheck serve`: the reference authorization server, to try a client or the suite on it.

mod config;
mod list;
mod log;
mod resource;
mod run;

pub(crate) use run::run;
