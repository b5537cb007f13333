//! What a store can do.

use std::fmt::Debug;

use super::{Drawer, StoreError, StoreKey};

/// Keeps texts under keys.
pub trait TokenStore: Debug + Send + Sync {
    /// The text under a key, or nothing. A text that is no UTF-8 or larger than 1 MiB comes back as an empty one,
    /// which no reader takes for a record.
    fn read(&self, key: &StoreKey) -> Result<Option<String>, StoreError>;

    /// The lock of an entry, or nothing while somebody else has it. It is given back when it is dropped.
    fn try_lock(&self, key: &StoreKey) -> Result<Option<Box<dyn Entry>>, StoreError>;

    /// The keys of a drawer under which there is a text, in order.
    fn keys(&self, drawer: Drawer) -> Result<Vec<StoreKey>, StoreError>;
}

/// An entry that is locked.
pub trait Entry: Debug + Send {
    /// Replaces the text, whole or not at all: after an error the old one is still there.
    fn replace(&mut self, text: &str) -> Result<(), StoreError>;

    /// Removes the text. That there is none is no error.
    fn remove(&mut self) -> Result<(), StoreError>;
}
