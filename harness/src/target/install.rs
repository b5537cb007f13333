//! The installation of a target, once into its own folder.

use std::{
    fmt::Write as _,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use indexmap::IndexMap;
use sha2::{Digest as _, Sha256};

use super::{RunnerError, process::Group};

/// The stamp: a hash of what was installed. It is also what two runs at once lock.
const STAMP: &str = ".installed.lock";
/// How long an installation may take, and how long we wait for somebody else's.
const PATIENCE: Duration = Duration::from_mins(15);
/// The files that pin what is installed.
const LOCK_FILES: [&str; 14] = [
    "Cargo.lock",
    "Gemfile.lock",
    "Pipfile.lock",
    "composer.lock",
    "go.sum",
    "gradle.lockfile",
    "npm-shrinkwrap.json",
    "package-lock.json",
    "pnpm-lock.yaml",
    "poetry.lock",
    "pom.xml",
    "requirements.txt",
    "uv.lock",
    "yarn.lock",
];

/// Sources that the installation compiles, by their ending, and the folders that hold none of ours. A program that was built of an older source would
/// be tested otherwise.
const COMPILED: [&str; 4] = ["c", "go", "java", "rs"];
const NOT_OURS: [&str; 4] = ["lib", "node_modules", "target", "__pycache__"];

/// Installs the target unless that is done already. Without a lock file nothing tells that it is, so it is done each time.
pub(crate) async fn install(command: &[String], folder: &Path) -> Result<(), RunnerError> {
    let path = folder.join(STAMP);
    let failed = |source: io::Error| RunnerError::Stamp { path: path.clone(), source };
    let mut stamp =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    lock(&stamp, &path).await?;
    let mut known = String::new();
    // A stamp that is no text is as good as none.
    let _ = stamp.read_to_string(&mut known);
    let wanted = fingerprint(command, folder).map_err(failed)?;
    if wanted.as_ref().is_some_and(|wanted| *wanted == known) {
        return Ok(());
    }
    // What stands there must not be believed while, or after, an installation breaks off.
    stamp.set_len(0).map_err(failed)?;
    run(command, folder).await?;
    if let Some(done) = fingerprint(command, folder).map_err(failed)? {
        stamp.rewind().and_then(|()| stamp.write_all(done.as_bytes())).map_err(failed)?;
    }
    Ok(())
}

async fn lock(stamp: &File, path: &Path) -> Result<(), RunnerError> {
    let waiting = async {
        loop {
            match stamp.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(100)).await,
                Err(TryLockError::Error(source)) => {
                    return Err(RunnerError::Stamp { path: path.to_owned(), source });
                }
            }
        }
    };
    let late = RunnerError::StampHeld { path: path.to_owned(), patience: PATIENCE };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or(Err(late))
}

async fn run(command: &[String], folder: &Path) -> Result<(), RunnerError> {
    let shown = command.join(" ");
    let mut group = Group::spawn(command, &IndexMap::new(), Some(folder))
        .map_err(|source| RunnerError::NotStarted { command: shown.clone(), source })?;
    match tokio::time::timeout(PATIENCE, group.wait()).await {
        Ok(Ok(status)) if status.success() => {
            group.end().await;
            Ok(())
        }
        Ok(Ok(status)) => {
            let lines = group.last_lines().await;
            Err(RunnerError::InstallFailed {
                command: shown,
                folder: folder.to_owned(),
                status: status.to_string(),
                lines,
            })
        }
        Ok(Err(source)) => Err(RunnerError::NotStarted { command: shown, source }),
        Err(_) => {
            let status = format!("not done after {} minutes", PATIENCE.as_secs() / 60);
            Err(RunnerError::InstallFailed {
                command: shown,
                folder: folder.to_owned(),
                status,
                lines: group.lines(),
            })
        }
    }
}

/// The sources that are compiled, in the folder and in those directly below it, in the order of their names.
fn compiled(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    let mut folders = vec![folder.to_owned()];
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let ours = !NOT_OURS.iter().any(|other| name == *other) && !name.as_encoded_bytes().starts_with(b".");
        if ours && entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    for folder in folders {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            if ending.is_some_and(|ending| COMPILED.contains(&ending)) && path.is_file() {
                sources.push(path);
            }
        }
    }
    sources.sort();
    Ok(sources)
}

/// A hash of the command, of the lock files and of the sources that are compiled, or `None` if there is no lock file.
fn fingerprint(command: &[String], folder: &Path) -> io::Result<Option<String>> {
    let present: Vec<PathBuf> =
        LOCK_FILES.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect();
    if present.is_empty() {
        return Ok(None);
    }
    let mut hash = Sha256::new();
    let mut part = |octets: &[u8]| {
        hash.update(octets.len().to_be_bytes());
        hash.update(octets);
    };
    for word in command {
        part(word.as_bytes());
    }
    for path in present.into_iter().chain(compiled(folder)?) {
        part(path.file_name().unwrap_or_default().as_encoded_bytes());
        part(&std::fs::read(&path)?);
    }
    let mut text = String::with_capacity(64);
    for octet in hash.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{octet:02x}");
    }
    Ok(Some(text))
}
