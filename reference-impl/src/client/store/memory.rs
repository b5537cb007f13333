//! A store that ends with the process.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Drawer, Entry, StoreError, StoreKey, TokenStore};

/// A store that ends with the process. Clones share what they keep.
#[derive(Clone, Default)]
pub struct MemoryStore {
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Default)]
struct Shelf {
    texts: BTreeMap<StoreKey, String>,
    locked: HashSet<StoreKey>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells nothing of what is kept.
impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("MemoryStore").field("entries", &self.shelf().texts.len()).finish()
    }
}

impl TokenStore for MemoryStore {
    fn read(&self, key: &StoreKey) -> Result<Option<String>, StoreError> {
        Ok(self.shelf().texts.get(key).cloned())
    }

    fn try_lock(&self, key: &StoreKey) -> Result<Option<Box<dyn Entry>>, StoreError> {
        if !self.shelf().locked.insert(key.clone()) {
            return Ok(None);
        }
        Ok(Some(Box::new(MemoryEntry { store: self.clone(), key: key.clone() })))
    }

    fn keys(&self, drawer: Drawer) -> Result<Vec<StoreKey>, StoreError> {
        Ok(self.shelf().texts.keys().filter(|key| key.drawer() == drawer).cloned().collect())
    }
}

#[derive(Debug)]
struct MemoryEntry {
    store: MemoryStore,
    key: StoreKey,
}

impl Entry for MemoryEntry {
    fn replace(&mut self, text: &str) -> Result<(), StoreError> {
        self.store.shelf().texts.insert(self.key.clone(), text.to_owned());
        Ok(())
    }

    fn remove(&mut self) -> Result<(), StoreError> {
        self.store.shelf().texts.remove(&self.key);
        Ok(())
    }
}

impl Drop for MemoryEntry {
    fn drop(&mut self) {
        self.store.shelf().locked.remove(&self.key);
    }
}
