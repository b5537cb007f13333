//! The embedded data loads, lints and is covered.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail like one")]

use std::{collections::BTreeMap, fs, path::Path};

use scopecheck_scenarios::{
    catalog::Catalog,
    coverage::{Cover, coverage},
    lint::{lint, lint_dir, lock_text},
    model::{Case, Vector, VectorFile},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shown<T: ToString>(errors: &[T]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_lock_knows_every_case() {
    let (catalog, errors) = Catalog::from_dir_with_errors(root());
    assert!(errors.is_empty(), "{}", shown(&errors));
    let path = root().join("ids.lock");
    let wanted = lock_text(&catalog);
    if fs::read_to_string(&path).unwrap() != wanted {
        assert!(renewing(), "ids.lock is stale; run `UPDATE_LOCK=1 cargo test -p scopecheck-scenarios`");
        fs::write(&path, wanted).unwrap();
    }
}

/// While the lock is being renewed, what is embedded is the old one.
fn renewing() -> bool {
    std::env::var_os("UPDATE_LOCK").is_some()
}

#[test]
fn everything_lints() {
    if renewing() {
        return;
    }
    let errors = lint_dir(root());
    assert!(errors.is_empty(), "{}", shown(&errors));
}

#[test]
fn what_is_embedded_is_what_is_on_disk() {
    if renewing() {
        return;
    }
    let embedded = Catalog::embedded().unwrap();
    let disk = Catalog::from_dir(root()).unwrap();
    assert_eq!(embedded.cases.keys().collect::<Vec<_>>(), disk.cases.keys().collect::<Vec<_>>());
    for (id, loaded) in &embedded.cases {
        assert_eq!(loaded.source.text, disk.cases[id].source.text, "{id}");
        if loaded.case.vector.is_some() {
            assert!(loaded.source.path.starts_with("scenarios/vectors/"), "{id}");
        } else {
            assert_eq!(loaded.source.path, format!("scenarios/cases/{id}.toml"));
        }
        assert_eq!(loaded.scripts.len(), disk.cases[id].scripts.len(), "{id}");
    }
    assert_eq!(embedded.requirements.len(), 180);
    assert!(lint(&embedded).is_empty(), "{}", shown(&lint(&embedded)));
}

#[test]
fn every_file_of_a_case_reads_the_same_after_a_round_trip() {
    let mut files: BTreeMap<String, Vec<Vector>> = BTreeMap::new();
    for (id, loaded) in Catalog::embedded().unwrap().cases {
        if let Some(vector) = loaded.case.vector {
            files.entry(loaded.source.text.to_string()).or_default().push(vector);
            continue;
        }
        let again: Case = toml::from_str(&rewritten(&loaded.source.text)).unwrap();
        assert_eq!(without_places(&loaded.case), without_places(&again), "{id}");
    }
    for (text, vectors) in files {
        let again: VectorFile = toml::from_str(&rewritten(&text)).unwrap();
        for vector in vectors {
            let again = again.vectors.iter().find(|again| again.id == vector.id).unwrap();
            assert_eq!(without_places(&vector), without_places(again), "{}", vector.id);
        }
    }
}

/// The same file in the spelling of the library.
fn rewritten(text: &str) -> String {
    toml::to_string(&toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

/// The debug form without the places of words, which a rewritten file does not keep.
fn without_places(read: &impl std::fmt::Debug) -> String {
    let shown = format!("{read:?}");
    let mut pieces = shown.split("span: ");
    let first = pieces.next().unwrap_or_default().to_owned();
    first
        + &pieces
            .map(|piece| piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
            .collect::<String>()
}

#[test]
fn no_requirement_is_silent() {
    let catalog = Catalog::embedded().unwrap();
    let coverage = coverage(&catalog);
    assert_eq!(coverage.silent, Vec::<String>::new());
    assert_eq!(coverage.total.total(), 180);
    assert_eq!(coverage.sources.values().map(|counts| counts.total()).sum::<usize>(), 180);
    for entry in coverage.entries {
        if let Cover::Planned(reason) | Cover::Excluded(reason) = entry.cover {
            assert!(reason.ends_with('.'), "{}: {reason}", entry.requirement);
        }
    }
}
