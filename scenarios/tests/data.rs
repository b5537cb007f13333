//! The embedded data loads, lints and is covered.

use std::{fs, path::Path};

use scopecheck_scenarios::{
    catalog::Catalog,
    coverage::{Cover, coverage},
    lint::{lint, lint_dir, lock_text},
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
        assert_eq!(loaded.source.path, format!("scenarios/cases/{id}.toml"));
        assert_eq!(loaded.scripts.len(), disk.cases[id].scripts.len(), "{id}");
    }
    assert_eq!(embedded.requirements.len(), 180);
    assert!(lint(&embedded).is_empty(), "{}", shown(&lint(&embedded)));
}

#[test]
fn every_file_of_a_case_reads_the_same_after_a_round_trip() {
    for (id, loaded) in Catalog::embedded().unwrap().cases {
        let table: toml::Table = toml::from_str(&loaded.source.text).unwrap();
        let again: scopecheck_scenarios::model::Case =
            toml::from_str(&toml::to_string(&table).unwrap()).unwrap();
        assert_eq!(without_places(&loaded.case), without_places(&again), "{id}");
    }
}

/// The debug form of a case without the places of its words, which a rewritten file does not keep.
fn without_places(case: &scopecheck_scenarios::model::Case) -> String {
    let shown = format!("{case:?}");
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
