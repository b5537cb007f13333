//! Starting points for adapters: a program for each language that speaks the adapter protocol (`design.md` section 5.2) and waits for
//! the calls of a library. They stand beside this file as they are written.

mod language;

pub use language::{Language, StarterFile};
