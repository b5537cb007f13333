//! Why a store cannot do what it was asked.

use std::io;
use std::path::PathBuf;

use crate::client::shown::shown;

/// Why a store cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A part of a key that could leave the folder, or that some system cannot keep.
    #[error("`{}` cannot be the name of an entry of the store: {why}; choose another", shown(part))]
    Key {
        /// The part.
        part: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A file cannot be read.
    #[error("cannot read {}: {source}; check its rights, or log out to begin anew", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file cannot be written. What was there before is still there.
    #[error("cannot write {}: {source}; check the space and the rights of its folder, nothing was changed", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody else keeps the lock of an entry.
    #[error("{0} is being changed by another process, and has been for too long; end it and try again")]
    Busy(String),
}
