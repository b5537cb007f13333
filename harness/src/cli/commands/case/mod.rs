//! `scopecheck case`: writing and linting case files.

mod folder;
mod lint;
mod new;
mod run;

pub(crate) use run::run;
