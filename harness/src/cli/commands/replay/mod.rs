//! `scopecheck replay`: a stored finding, once more.

mod page;
mod run;
mod start;

pub(crate) use run::run;
