//! Every mistake of a catalogue that its types cannot refuse: each with its place, what is wrong and what to do next.

mod all;
mod check;
mod expect;
mod grade;
mod header;
mod ids;
mod library;
mod lock;
mod made;
mod outcomes;
mod place;
mod respond;
mod rows;
mod runs;
mod scope;
mod script;
mod standing;
mod step;
mod template;
mod vector;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vector_tests;

pub use all::{lint, lint_dir};
pub(crate) use ids::case_id_problem;
pub use lock::lock_text;
