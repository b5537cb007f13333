//! Everything that was loaded, by id.

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;

pub use crate::error::SourceFile;
use crate::{
    error::{FileError, LoadErrors},
    load,
    model::{Base, Case, Contract, Flow, Requirement, Script, Word},
};

/// The cases, requirements, contracts, flows and bases of one `scenarios` folder, each sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Cases by `area/topic/slug`.
    pub cases: IndexMap<String, LoadedCase>,
    /// Requirements of the standards, in the order of their files.
    pub requirements: IndexMap<String, Requirement>,
    /// Contracts of the two systems, in the order of `contracts.toml`.
    pub contracts: IndexMap<String, Contract>,
    /// Named flows.
    pub flows: IndexMap<String, Flow>,
    /// Bases of scripts.
    pub bases: IndexMap<String, Base>,
    /// Ids of cases that are gone and never come back.
    pub retired: IndexMap<String, Retired>,
    /// Where each of them was read.
    pub(crate) sources: Sources,
    /// Ids (from their paths) of cases that could not be read: nothing can be said about what they check.
    pub(crate) broken: Vec<String>,
}

/// A case with the files that it came from.
#[derive(Debug, Clone)]
pub struct LoadedCase {
    /// The case.
    pub case: Case,
    /// Its file.
    pub source: SourceFile,
    /// The scripts beside it; empty if there are none.
    pub scripts: Vec<Script>,
    /// The file of the scripts.
    pub scripts_source: Option<SourceFile>,
}

/// A case id that is gone (`scenarios/ids.lock`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Retired {
    /// The id; never used again.
    pub id: Word,
    /// The case that took over.
    pub successor: Option<Word>,
    /// Why it went.
    pub reason: String,
}

/// The files of what has no file of its own kind in the catalogue.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(crate) requirements: IndexMap<String, SourceFile>,
    pub(crate) contracts: SourceFile,
    pub(crate) flows: IndexMap<String, SourceFile>,
    pub(crate) bases: IndexMap<String, SourceFile>,
    pub(crate) lock: SourceFile,
    pub(crate) live: Vec<Word>,
}

impl Catalog {
    /// The catalogue that is part of this program.
    pub fn embedded() -> Result<Self, LoadErrors> {
        Self::whole(load::embedded(true))
    }

    /// The same without the vectors, for a run that tests no library: reading them takes as long as reading everything else.
    pub fn embedded_without_vectors() -> Result<Self, LoadErrors> {
        Self::whole(load::embedded(false))
    }

    /// The catalogue of a `scenarios` folder on disk.
    pub fn from_dir(folder: &Path) -> Result<Self, LoadErrors> {
        Self::whole(load::from_dir(folder))
    }

    /// What could be loaded of a folder, and every mistake that kept the rest out.
    pub fn from_dir_with_errors(folder: &Path) -> (Self, Vec<FileError>) {
        load::from_dir(folder)
    }

    fn whole((catalog, errors): (Self, Vec<FileError>)) -> Result<Self, LoadErrors> {
        if errors.is_empty() { Ok(catalog) } else { Err(LoadErrors(errors)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Subject;

    #[test]
    fn without_vectors_every_case_is_there_that_has_steps() {
        let (all, few) = (Catalog::embedded().unwrap(), Catalog::embedded_without_vectors().unwrap());
        let stepped = |catalog: &Catalog| {
            let cases = catalog.cases.values().filter(|loaded| loaded.case.subject != Subject::Library);
            cases.map(|loaded| loaded.case.id.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(stepped(&few), stepped(&all));
        assert!(few.cases.len() < all.cases.len() && few.requirements.len() == all.requirements.len());
    }
}
