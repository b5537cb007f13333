//! `scopecheck reference client`: the reference client as a process.

mod context;
mod run;
mod settings;
mod show;

pub(super) use run::run;
