//! `scopecheck explain`: what an id stands for, where it comes from, and what proves it.

mod case;
mod check;
mod contract;
mod expectation;
mod fault;
mod find;
mod library;
mod outcomes;
mod proof;
mod requirement;
mod run;
mod step;
mod text;
mod world;

pub(super) use proof::checks_of;
pub(crate) use run::run;
