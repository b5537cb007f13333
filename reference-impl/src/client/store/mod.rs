//! Where tokens and registrations are kept.
//!
//! A store keeps texts under keys and knows nothing of what they say. Whoever changes an entry holds its lock, across
//! processes where the store is one of files, so that reading, judging and replacing are one step.

mod error;
mod file;
mod key;
mod lock;
mod memory;
mod traits;

pub use error::StoreError;
pub use file::FileStore;
pub use key::{Drawer, StoreKey};
pub(super) use lock::lock;
pub use memory::MemoryStore;
pub use traits::{Entry, TokenStore};
