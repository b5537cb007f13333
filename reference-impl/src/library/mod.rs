//! The library behind the operations of the adapter protocol (`design.md` section 5.2): text in, answer out.
//!
//! Each operation is the pure function of its room under a profile. The faults of role `library` are switched here,
//! around those functions: the functions themselves know of none.

mod input;
mod instance;
mod ops;
mod profile;
mod reply;

pub use instance::Library;
pub use profile::LibraryProfile;
pub use reply::Reply;
