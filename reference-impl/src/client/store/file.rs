//! A store of files: one a key, readable by its owner only, replaced whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::{Drawer, Entry, StoreError, StoreKey, TokenStore};
use crate::faults::Fault;

/// The largest file that is read, in bytes.
const CAP: u64 = 1024 * 1024;

/// How long a slow disk takes, where a fault has one.
const SLOW: Duration = Duration::from_millis(300);

/// Keeps `DIR/<drawer>/<provider>/<environment>.json`, beside a lock of the same name.
///
/// Files have mode 0600 and the folders below `DIR` 0700. A text is written beside the old one, brought to the disk
/// and renamed over it, so that neither a full disk nor a crash leaves half a text, and no reader ever sees one.
#[derive(Debug, Clone)]
pub struct FileStore {
    folder: PathBuf,
    in_place: bool,
}

impl FileStore {
    /// The store in a folder, which is made when something is first written.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), in_place: false }
    }

    /// The same with those of these faults that are about files.
    #[must_use]
    pub fn with_faults(self, faults: &BTreeSet<Fault>) -> Self {
        Self { in_place: faults.contains(&Fault::ClientSavesInPlace), ..self }
    }

    /// The file of a key.
    pub fn path(&self, key: &StoreKey) -> PathBuf {
        self.folder
            .join(key.drawer().folder())
            .join(key.provider())
            .join(format!("{}.json", key.environment()))
    }
}

impl TokenStore for FileStore {
    fn read(&self, key: &StoreKey) -> Result<Option<String>, StoreError> {
        let path = self.path(key);
        read(&path).map_err(|source| StoreError::Read { path, source })
    }

    fn try_lock(&self, key: &StoreKey) -> Result<Option<Box<dyn Entry>>, StoreError> {
        let path = self.path(key);
        let failed = |source| StoreError::Write { path: path.clone(), source };
        fs::create_dir_all(&self.folder).map_err(failed)?;
        for folder in [self.folder.join(key.drawer().folder()), parent(&path)] {
            private_folder(&folder).map_err(failed)?;
        }
        let lock = options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.with_extension("lock"))
            .map_err(failed)?;
        if self.in_place && key.drawer() == Drawer::Credentials {
            return Ok(Some(Box::new(FileEntry { path, lock, in_place: true })));
        }
        match lock.try_lock() {
            Ok(()) => Ok(Some(Box::new(FileEntry { path, lock, in_place: false }))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    fn keys(&self, drawer: Drawer) -> Result<Vec<StoreKey>, StoreError> {
        let folder = self.folder.join(drawer.folder());
        let mut keys = Vec::new();
        for provider in names(&folder)? {
            for file in names(&folder.join(&provider))? {
                let environment = file.strip_suffix(".json");
                keys.extend(environment.and_then(|name| StoreKey::new(drawer, &provider, name).ok()));
            }
        }
        keys.sort();
        Ok(keys)
    }
}

/// The names in a folder; none if there is no such folder.
fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let failed = |source| StoreError::Read { path: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(failed(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(failed)?.file_name().into_string().ok());
    }
    Ok(names)
}

/// The text of a file. What is too large, no regular file or no UTF-8 is an empty text: something is there, and it is
/// no record.
fn read(path: &Path) -> io::Result<Option<String>> {
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    if !about.is_file() || about.len() > CAP {
        return Ok(Some(String::new()));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(CAP).read_to_end(&mut bytes)?;
    Ok(Some(String::from_utf8(bytes).unwrap_or_default()))
}

/// A locked file; the lock goes when it is dropped, or with the process.
#[derive(Debug)]
struct FileEntry {
    path: PathBuf,
    lock: File,
    in_place: bool,
}

impl Drop for FileEntry {
    fn drop(&mut self) {
        // Closing alone is not enough: a process that another thread has just forked holds the same open file until
        // it executes its program, and the lock with it. What fails here is released by the close that follows.
        drop(self.lock.unlock());
    }
}

impl Entry for FileEntry {
    fn replace(&mut self, text: &str) -> Result<(), StoreError> {
        if self.in_place {
            let written = write_over(&self.path, text);
            return written.map_err(|source| StoreError::Write { path: self.path.clone(), source });
        }
        // The lock is ours, so that what a crash has left under this name is nobody's any more.
        let beside = self.path.with_extension("new");
        let written = write_beside(&beside, text).and_then(|()| fs::rename(&beside, &self.path));
        written.map_err(|source| {
            drop(fs::remove_file(&beside));
            StoreError::Write { path: self.path.clone(), source }
        })?;
        // The new text is in place. That the folder, too, has reached the disk is a wish.
        drop(File::open(parent(&self.path)).and_then(|folder| folder.sync_all()));
        Ok(())
    }

    fn remove(&mut self) -> Result<(), StoreError> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(StoreError::Write { path: self.path.clone(), source: error })
            }
            _ => Ok(()),
        }
    }
}

/// Writes a new file and brings it to the disk.
fn write_beside(path: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = options().write(true).create_new(true).open(path)?;
    write_whole(&mut file, text)?;
    file.sync_all()
}

/// Writes over a file in two steps, as only a fault does. Between them it is empty for a while, as on a slow disk.
fn write_over(path: &Path, text: &str) -> io::Result<()> {
    let mut file = options().append(true).create(true).open(path)?;
    file.set_len(0)?;
    thread::sleep(SLOW);
    write_whole(&mut file, text)
}

/// Writes all of a text, or tells that it could not.
fn write_whole(file: &mut impl Write, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.flush()
}

/// Makes a folder for its owner only, and takes the rights of others away from one that is there.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let rights = fs::metadata(folder)?.permissions();
        if rights.mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// Options for a file of its owner only.
fn options() -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn parent(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_told() {
        let mut full = File::options().write(true).open("/dev/full").unwrap();
        let error = write_whole(&mut full, "text").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull);
    }
}
