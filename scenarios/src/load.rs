//! From folders to a [`Catalog`].

use std::path::Path;

use include_dir::{Dir, include_dir};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    catalog::{Catalog, LoadedCase, Retired, SourceFile},
    error::FileError,
    model::{Base, Case, Contract, Flow, Requirement, ScriptFile, VectorFile, Word},
    read::read,
    vectors,
};

static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/cases");
static VECTORS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/vectors");
static FLOWS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/flows");
static BASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/bases");
static REQUIREMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/requirements");
const CONTRACTS: &str = include_str!("../contracts.toml");
const LOCK: &str = include_str!("../ids.lock");

const SCRIPTS: &str = ".scripts.toml";

/// `ids.lock`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[serde(default)]
    live: Vec<Word>,
    #[serde(default)]
    retired: Vec<Retired>,
}

/// A file of `requirements/`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequirementFile {
    #[serde(rename = "requirement")]
    requirements: Vec<Requirement>,
}

/// `contracts.toml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContractFile {
    #[serde(rename = "contract")]
    contracts: Vec<Contract>,
}

/// The texts of one `scenarios` folder, by their paths below it, sorted.
#[derive(Default)]
struct Texts {
    files: Vec<(String, SourceFile)>,
    /// The ids (from their paths) of cases that are no text.
    broken: Vec<String>,
}

/// The folder that was compiled in, with its vectors or without.
pub(crate) fn embedded(with_vectors: bool) -> (Catalog, Vec<FileError>) {
    let mut texts = Texts::default();
    for (name, folder) in
        [("cases", &CASES), ("flows", &FLOWS), ("bases", &BASES), ("requirements", &REQUIREMENTS)]
    {
        texts.add_embedded(name, folder);
    }
    if with_vectors {
        texts.add_embedded("vectors", &VECTORS);
    }
    texts.add("contracts.toml".to_owned(), "scenarios/contracts.toml".to_owned(), CONTRACTS);
    texts.add("ids.lock".to_owned(), "scenarios/ids.lock".to_owned(), LOCK);
    catalog(texts, Vec::new())
}

/// A folder on disk.
pub(crate) fn from_dir(folder: &Path) -> (Catalog, Vec<FileError>) {
    let mut texts = Texts::default();
    let mut errors = Vec::new();
    for name in ["cases", "flows", "bases", "requirements"] {
        texts.add_folder(folder, name, &mut errors);
    }
    // A folder of cases may well have no vectors.
    if folder.join("vectors").is_dir() {
        texts.add_folder(folder, "vectors", &mut errors);
    }
    for name in ["contracts.toml", "ids.lock"] {
        texts.add_file(folder, name.to_owned(), &mut errors);
    }
    catalog(texts, errors)
}

/// Files by their paths below `scenarios/`, for tests.
#[cfg(test)]
pub(crate) fn from_texts(files: &[(&str, &str)]) -> (Catalog, Vec<FileError>) {
    let mut texts = Texts::default();
    for (name, text) in files {
        texts.add((*name).to_owned(), format!("scenarios/{name}"), text);
    }
    catalog(texts, Vec::new())
}

impl Texts {
    fn add(&mut self, name: String, path: String, text: &str) {
        self.files.push((name, SourceFile { path, text: text.into() }));
    }

    fn add_embedded(&mut self, name: &str, folder: &Dir<'_>) {
        for file in folder.files() {
            let below = format!("{name}/{}", file.path().display());
            if let (true, Some(text)) = (is_toml(file.path()), file.contents_utf8()) {
                self.add(below.clone(), format!("scenarios/{below}"), text);
            }
        }
        for inner in folder.dirs() {
            self.add_embedded(name, inner);
        }
    }

    fn add_folder(&mut self, root: &Path, name: &str, errors: &mut Vec<FileError>) {
        let path = root.join(name);
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                errors.push(
                    FileError::whole(path.display().to_string(), format!("this folder cannot be read: {error}"))
                        .help("name a folder that holds `cases`, `flows`, `bases`, `requirements`, `contracts.toml` and `ids.lock`"),
                );
                return;
            }
        };
        for entry in entries.flatten() {
            let below = format!("{name}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.add_folder(root, &below, errors);
            } else if is_toml(&entry.path()) {
                self.add_file(root, below, errors);
            }
        }
    }

    fn add_file(&mut self, root: &Path, name: String, errors: &mut Vec<FileError>) {
        let path = root.join(&name);
        let shown = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(text) => self.add(name, shown, &text),
            Err(error) => {
                let id = name.strip_prefix("cases/").and_then(|below| below.strip_suffix(".toml"));
                self.broken.extend(id.map(str::to_owned));
                errors.push(
                    FileError::whole(shown, format!("this file cannot be read: {error}"))
                        .help("it has to be there, readable, and valid UTF-8"),
                );
            }
        }
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

fn catalog(mut texts: Texts, mut errors: Vec<FileError>) -> (Catalog, Vec<FileError>) {
    texts.files.sort_by(|a, b| a.0.cmp(&b.0));
    let mut catalog = Catalog { broken: texts.broken, ..Catalog::default() };
    let mut scripts: IndexMap<String, (SourceFile, ScriptFile)> = IndexMap::new();
    for (name, source) in texts.files {
        let added = match name.split_once('/') {
            Some(("cases", below)) => match below.strip_suffix(SCRIPTS) {
                Some(id) => read::<ScriptFile>(&source).map(|file| {
                    scripts.insert(id.to_owned(), (source, file));
                }),
                None => add_case(&mut catalog, below, source),
            },
            Some(("vectors", _)) => add_vectors(&mut catalog, &source, &mut errors),
            Some(("flows", _)) => add_flow(&mut catalog, source),
            Some(("bases", _)) => add_base(&mut catalog, source),
            Some(("requirements", _)) => add_requirements(&mut catalog, &source, &mut errors),
            _ if name == "contracts.toml" => add_contracts(&mut catalog, source, &mut errors),
            _ => add_lock(&mut catalog, source),
        };
        errors.extend(added.err().into_iter().flatten());
    }
    // A vector stands where a file of its own would.
    catalog.cases.sort_by_cached_key(|id, _| format!("{id}.toml"));
    for (id, (source, file)) in scripts {
        // The id of a file is its path, so scripts find their case even where the case says another id.
        let path = format!("{}.toml", source.path.trim_end_matches(SCRIPTS));
        match catalog.cases.values_mut().find(|loaded| loaded.source.path == path) {
            Some(loaded) => {
                loaded.scripts = file.scripts;
                loaded.scripts_source = Some(source);
            }
            None if catalog.broken.contains(&id) => {}
            None => errors.push(
                FileError::whole(source.path, "there is no case beside these scripts")
                    .help(format!("write `{path}`, or rename this file to the slug of its case")),
            ),
        }
    }
    (catalog, errors)
}

fn duplicate(source: &SourceFile, id: &Word, kind: &str, first: &str) -> FileError {
    FileError::at(source, id.span.clone(), format!("the {kind} `{id}` is there already, in `{first}`"))
        .help("give one of the two another id")
}

fn add_case(catalog: &mut Catalog, below: &str, source: SourceFile) -> Result<(), Vec<FileError>> {
    let case = match read::<Case>(&source) {
        Ok(case) => case,
        Err(error) => {
            catalog.broken.push(below.trim_end_matches(".toml").to_owned());
            return Err(error);
        }
    };
    if let Some(first) = catalog.cases.get(&case.id.value) {
        return Err(vec![duplicate(&source, &case.id, "case", &first.source.path)]);
    }
    let id = case.id.value.clone();
    catalog.cases.insert(id, LoadedCase { case, source, scripts: Vec::new(), scripts_source: None });
    Ok(())
}

fn add_vectors(
    catalog: &mut Catalog,
    source: &SourceFile,
    errors: &mut Vec<FileError>,
) -> Result<(), Vec<FileError>> {
    let file = match read::<VectorFile>(source) {
        Ok(file) => file,
        Err(error) => {
            catalog.broken.extend(vectors::ids_in(&source.text));
            return Err(error);
        }
    };
    for vector in file.vectors {
        if let Some(first) = catalog.cases.get(&vector.id.value) {
            errors.push(duplicate(source, &vector.id, "case or vector", &first.source.path));
            continue;
        }
        let id = vector.id.value.clone();
        catalog.cases.insert(id, vectors::case_of(vector, source.clone()));
    }
    Ok(())
}

fn add_flow(catalog: &mut Catalog, source: SourceFile) -> Result<(), Vec<FileError>> {
    let flow = read::<Flow>(&source)?;
    if let Some(first) = catalog.sources.flows.get(&flow.id.value) {
        return Err(vec![duplicate(&source, &flow.id, "flow", &first.path)]);
    }
    catalog.sources.flows.insert(flow.id.value.clone(), source);
    catalog.flows.insert(flow.id.value.clone(), flow);
    Ok(())
}

fn add_base(catalog: &mut Catalog, source: SourceFile) -> Result<(), Vec<FileError>> {
    let base = read::<Base>(&source)?;
    if let Some(first) = catalog.sources.bases.get(&base.id.value) {
        return Err(vec![duplicate(&source, &base.id, "base", &first.path)]);
    }
    catalog.sources.bases.insert(base.id.value.clone(), source);
    catalog.bases.insert(base.id.value.clone(), base);
    Ok(())
}

fn add_requirements(
    catalog: &mut Catalog,
    source: &SourceFile,
    errors: &mut Vec<FileError>,
) -> Result<(), Vec<FileError>> {
    for requirement in read::<RequirementFile>(source)?.requirements {
        if let Some(first) = catalog.sources.requirements.get(&requirement.id.value) {
            errors.push(duplicate(source, &requirement.id, "requirement", &first.path));
            continue;
        }
        catalog.sources.requirements.insert(requirement.id.value.clone(), source.clone());
        catalog.requirements.insert(requirement.id.value.clone(), requirement);
    }
    Ok(())
}

fn add_contracts(
    catalog: &mut Catalog,
    source: SourceFile,
    errors: &mut Vec<FileError>,
) -> Result<(), Vec<FileError>> {
    for contract in read::<ContractFile>(&source)?.contracts {
        if catalog.contracts.contains_key(&contract.id.value) {
            errors.push(duplicate(&source, &contract.id, "contract", &source.path));
            continue;
        }
        catalog.contracts.insert(contract.id.value.clone(), contract);
    }
    catalog.sources.contracts = source;
    Ok(())
}

fn add_lock(catalog: &mut Catalog, source: SourceFile) -> Result<(), Vec<FileError>> {
    let lock = read::<Lock>(&source)?;
    catalog.retired = lock.retired.into_iter().map(|retired| (retired.id.value.clone(), retired)).collect();
    catalog.sources.live = lock.live;
    catalog.sources.lock = source;
    Ok(())
}
