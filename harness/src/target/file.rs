//! A target as it stands in a file, with the means to show a mistake in place.

use std::path::{Path, PathBuf};

use scopecheck_scenarios::error::SourceFile;

use super::{Kind, TargetError, raw::RawTarget, toml_file::read_toml};

/// The tables of one target, and the file that they stand in.
#[derive(Clone, Debug)]
pub(super) struct TargetFile {
    pub(super) source: SourceFile,
    pub(super) raw: RawTarget,
    /// Where its commands run; none for a target that is part of this program.
    pub(super) folder: Option<PathBuf>,
}

impl TargetFile {
    /// Reads the text of a `target.toml`.
    pub(super) fn parse(source: SourceFile, folder: Option<PathBuf>) -> Result<Self, TargetError> {
        let raw = read_toml(&source)?;
        Ok(Self { source, raw, folder })
    }

    /// Reads `target.toml` in a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, TargetError> {
        let source = read_source(&folder.join("target.toml"))?;
        Self::parse(source, Some(folder.to_owned()))
    }

    /// Whether there is such a table.
    pub(super) fn has(&self, kind: Kind, table: &str) -> bool {
        self.tables().iter().any(|(of, name)| *of == kind && name == table)
    }

    /// Every table, by kind and name.
    pub(super) fn tables(&self) -> Vec<(Kind, String)> {
        fn of<'a>(
            kind: Kind,
            names: impl Iterator<Item = &'a String>,
        ) -> impl Iterator<Item = (Kind, String)> {
            names.map(move |name| (kind, name.clone()))
        }
        of(Kind::Library, self.raw.library.keys())
            .chain(of(Kind::Server, self.raw.server.keys()))
            .chain(of(Kind::Resource, self.raw.resource.keys()))
            .chain(of(Kind::Client, self.raw.client.keys()))
            .collect()
    }
}

/// Reads a file for [`read_toml`].
pub(super) fn read_source(path: &Path) -> Result<SourceFile, TargetError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| TargetError::Unreadable { path: path.to_owned(), source })?;
    Ok(SourceFile { path: path.display().to_string(), text: text.into() })
}
