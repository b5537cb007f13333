//! The table of a library under test: how its adapter is installed and started.

use std::path::PathBuf;

use indexmap::IndexMap;

/// How to start the adapter of a library (`design.md` sections 5.2 and 5.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryTable {
    /// The name of the target.
    pub target: String,
    /// The name of the table, usually `default`.
    pub table: String,
    /// The folder in which commands run and beside which `expected.toml` lies; absent for the embedded target.
    pub folder: Option<PathBuf>,
    /// The profiles that the target claims.
    pub profiles: Vec<String>,
    /// The command that installs the target once into its own folder.
    pub install: Option<Vec<String>>,
    /// The adapter: a program and its arguments. `{scopecheck}` stands for this program.
    pub command: Vec<String>,
    /// What is added to our own environment.
    pub env: IndexMap<String, String>,
}

impl LibraryTable {
    /// `NAME/TABLE`, as `--target` takes it.
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.target, self.table)
    }

    /// The `expected.toml` beside the target, if there is one.
    pub fn expected_file(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("expected.toml")).filter(|path| path.is_file())
    }
}
