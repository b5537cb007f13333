//! `scopecheck case`: writing and linting case files.

mod fmt;
mod folder;
mod lint;
mod new;
mod run;

pub(crate) use run::run;
