//! Every vector of `scenarios/vectors` against the reference library, under each profile as the vector says.

use std::sync::LazyLock;

use scopecheck_reference::{
    adapter::FAULTS,
    faults::{self, Fault, FaultProfile, Role, Standing},
    library::{Library, LibraryProfile},
};
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Vector, Word},
    vectors::compare,
};

#[path = "../laws/reply.rs"]
mod reply;

use reply::ask;

static VECTORS: LazyLock<Vec<Vector>> = LazyLock::new(|| {
    let catalog = Catalog::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    catalog.cases.into_values().filter_map(|loaded| loaded.case.vector).collect()
});

/// Whether a library is held to a vector: one that says what its profile answers, or that rests on nothing it declares otherwise.
fn applies(vector: &Vector, library: &Library, profile: LibraryProfile) -> bool {
    let semantics = library.semantics();
    let declared = |(choice, value): (&String, &Word)| semantics[choice.as_str()] == value.as_str();
    vector.profiles.contains_key(profile.word()) || vector.under.iter().all(declared)
}

/// What a library answers otherwise than the vectors expect, one sentence each, and how many it was held to.
fn disagreements(profile: LibraryProfile, faults: &[Fault]) -> (Vec<String>, usize) {
    let library = Library::new(profile, faults.iter().copied().collect());
    let held: Vec<&Vector> = VECTORS.iter().filter(|vector| applies(vector, &library, profile)).collect();
    let wrong = held.iter().filter_map(|vector| {
        let reply = ask(&library, vector.op.as_str(), vector.input.text());
        let broken = compare(&vector.expected(&[profile.word()]), &reply).err()?;
        Some(format!("{}: {broken}", vector.id))
    });
    (wrong.collect(), held.len())
}

fn agrees(profile: LibraryProfile, at_least: usize) {
    let (wrong, held) = disagreements(profile, &[]);
    assert!(wrong.is_empty(), "{} of {held} vectors:\n{}", wrong.len(), wrong.join("\n"));
    assert!(held >= at_least, "only {held} vectors apply");
}

#[test]
fn the_standard_library_answers_every_vector_as_expected() {
    agrees(LibraryProfile::Standard, 250);
}

#[test]
fn the_dialect_of_cli_engine_answers_as_the_vectors_know_it() {
    agrees(LibraryProfile::CliEngine, 250);
}

#[test]
fn the_dialect_of_toolhive_answers_as_the_vectors_know_it() {
    agrees(LibraryProfile::Toolhive, 250);
}

#[test]
fn every_fault_of_the_library_is_seen_by_a_vector() {
    let unseen: Vec<&str> = faults::all()
        .iter()
        // A fault of the adapter shows on its lines, and not in what the library answers.
        .filter(|info| info.role == Role::Library && info.standing != Standing::Planned)
        .filter(|info| !FAULTS.contains(&info.fault))
        .filter(|info| {
            let profile = match info.profile {
                FaultProfile::CliEngine => LibraryProfile::CliEngine,
                FaultProfile::Toolhive => LibraryProfile::Toolhive,
                FaultProfile::Standard | FaultProfile::Mcp => LibraryProfile::Standard,
            };
            disagreements(profile, &[info.fault]).0.is_empty()
        })
        .map(|info| info.name)
        .collect();
    assert_eq!(unseen, [""; 0], "no vector sees these faults");
}
