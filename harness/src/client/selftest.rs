//! The reference client as a subject, with a fault or without: what the kill matrix asks.

use std::path::{Path, PathBuf};

use scopecheck_reference::faults::Fault;
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Subject},
    words::is_executed,
};

use super::{ClientExercise, ClientSetup};
use crate::{
    run::{Verdicts, tried},
    system::Clock,
    target::{Places, TargetError, TargetRef, load_client},
};

/// The reference client, as the table of the target `reference` describes it. `program` is a `scopecheck`.
pub fn reference_client(program: &Path, fault: Option<Fault>) -> Result<ClientSetup, TargetError> {
    let places = Places { config: None, targets: PathBuf::new() };
    let target = TargetRef { name: "reference".to_owned(), table: "default".to_owned() };
    let setup = ClientSetup::of(&load_client(&target, &places)?, program);
    Ok(match fault {
        Some(fault) => setup.with_fault(fault),
        None => setup,
    })
}

/// What the checks of the client cases end in against the reference client, by `case#slug`: the worst over rows and variants.
pub async fn verdicts_client(
    catalog: &Catalog,
    fault: Option<Fault>,
    seed: u64,
    jobs: usize,
) -> Result<Verdicts, String> {
    let program =
        std::env::current_exe().map_err(|error| format!("this program cannot be found: {error}"))?;
    let mut setup = reference_client(&program, fault).map_err(|error| error.to_string())?;
    // The contracts of a profile are proven by the same client; a run of the target itself is not held to them.
    setup.profiles.push("cli-engine".to_owned());
    Ok(verdicts_of(&setup, catalog, seed, jobs).await)
}

/// The same for any client.
pub async fn verdicts_of(setup: &ClientSetup, catalog: &Catalog, seed: u64, jobs: usize) -> Verdicts {
    let clock = Clock::default();
    let subject = ClientExercise::new(setup, catalog, clock, seed);
    let selected = |case: &Case| {
        let of_profiles = || case.profiles.iter().any(|profile| setup.profiles.contains(&profile.value));
        case.subject == Subject::Client && is_executed(case) && (case.profiles.is_empty() || of_profiles())
    };
    tried(&subject, catalog, selected, clock, jobs).await
}
