//! `scopecheck adapter`: writing adapters and looking at them closely.

mod check;
mod hints;
mod new;
mod once;
mod probes;
mod run;
mod seen;
mod show;
mod stages;

pub(crate) use run::run;
