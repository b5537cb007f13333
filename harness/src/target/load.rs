//! Where targets are looked for: the configuration, the folder `targets/`, this program.

use std::path::{Path, PathBuf};

use super::{
    ClientTable, Config, Kind, LibraryTable, ServerTable, TargetError, TargetRef, embedded,
    file::TargetFile,
    resolve::{resolve_client, resolve_library, resolve_server},
};

/// Where targets may be found.
#[derive(Clone, Debug)]
pub struct Places {
    /// `scopecheck.toml`, if there is one.
    pub config: Option<Config>,
    /// The folder of targets; it need not exist.
    pub targets: PathBuf,
}

impl Places {
    /// The configuration and the nearest folder `targets/`, in `start` or above it.
    pub fn near(start: &Path, config: Option<Config>) -> Self {
        let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
        let nearest = start.ancestors().map(|folder| folder.join("targets")).find(|targets| targets.is_dir());
        Self { config, targets: nearest.unwrap_or_else(|| start.join("targets")) }
    }

    /// Every target that can be named, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.config.iter().flat_map(Config::target_names).map(str::to_owned).collect();
        let folders = std::fs::read_dir(&self.targets).into_iter().flatten().filter_map(Result::ok);
        names.extend(
            folders
                .filter(|entry| entry.path().join("target.toml").is_file())
                .filter_map(|entry| entry.file_name().into_string().ok()),
        );
        names.push(embedded::NAME.to_owned());
        names.sort();
        names.dedup();
        names
    }

    /// The files that define a target of this name, the one that counts most first.
    fn files(&self, name: &str) -> Result<Vec<TargetFile>, TargetError> {
        let mut files: Vec<TargetFile> =
            self.config.iter().filter_map(|config| config.target(name)).collect();
        let folder = self.targets.join(name);
        if folder.join("target.toml").is_file() {
            files.push(TargetFile::read(&folder)?);
        } else if name == embedded::NAME {
            files.push(embedded::reference()?);
        }
        Ok(files)
    }
}

/// Finds a server table: in the configuration, else in `targets/NAME/target.toml`, else in the embedded target.
pub fn load_server(target: &TargetRef, places: &Places) -> Result<ServerTable, TargetError> {
    Ok(resolve_server(&file_with(Kind::Server, target, places)?, target)?)
}

/// Finds a client table, in the same places.
pub fn load_client(target: &TargetRef, places: &Places) -> Result<ClientTable, TargetError> {
    Ok(resolve_client(&file_with(Kind::Client, target, places)?, target)?)
}

/// Finds a library table, in the same places.
pub fn load_library(target: &TargetRef, places: &Places) -> Result<LibraryTable, TargetError> {
    Ok(resolve_library(&file_with(Kind::Library, target, places)?, target)?)
}

/// The file that holds a table of this kind; of several that do, the one that counts most.
fn file_with(kind: Kind, target: &TargetRef, places: &Places) -> Result<TargetFile, TargetError> {
    let files = places.files(&target.name)?;
    if files.is_empty() {
        let known = places.names();
        return Err(TargetError::UnknownTarget {
            name: target.name.clone(),
            known,
            targets: places.targets.clone(),
        });
    }
    if let Some(file) = files.iter().find(|file| file.has(kind, &target.table)) {
        return Ok(file.clone());
    }
    let mut known: Vec<(Kind, String)> = Vec::new();
    for table in files.iter().flat_map(TargetFile::tables) {
        if !known.contains(&table) {
            known.push(table);
        }
    }
    let TargetRef { name, table } = target.clone();
    Err(TargetError::UnknownTable { target: name, table, kind, known })
}
