//! A store whose disk is full whenever a test says so.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use scopecheck_reference::client::{Drawer, Entry, MemoryStore, StoreError, StoreKey, TokenStore};

#[derive(Debug, Default)]
pub(crate) struct FailingStore {
    inner: MemoryStore,
    full: Arc<AtomicBool>,
}

impl FailingStore {
    /// Whether writing a token fails from now on. Registrations are small, and still find their place.
    pub(crate) fn fail(&self, full: bool) {
        self.full.store(full, Ordering::SeqCst);
    }
}

impl TokenStore for FailingStore {
    fn read(&self, key: &StoreKey) -> Result<Option<String>, StoreError> {
        self.inner.read(key)
    }

    fn try_lock(&self, key: &StoreKey) -> Result<Option<Box<dyn Entry>>, StoreError> {
        let entry = self.inner.try_lock(key)?;
        let full = if key.drawer() == Drawer::Credentials { Arc::clone(&self.full) } else { Arc::default() };
        Ok(entry.map(|entry| Box::new(FailingEntry { entry, full }) as Box<dyn Entry>))
    }

    fn keys(&self, drawer: Drawer) -> Result<Vec<StoreKey>, StoreError> {
        self.inner.keys(drawer)
    }
}

#[derive(Debug)]
struct FailingEntry {
    entry: Box<dyn Entry>,
    full: Arc<AtomicBool>,
}

impl Entry for FailingEntry {
    fn replace(&mut self, text: &str) -> Result<(), StoreError> {
        if self.full.load(Ordering::SeqCst) {
            let source = io::Error::from(io::ErrorKind::StorageFull);
            return Err(StoreError::Write { path: "tokens.json".into(), source });
        }
        self.entry.replace(text)
    }

    fn remove(&mut self) -> Result<(), StoreError> {
        self.entry.remove()
    }
}
