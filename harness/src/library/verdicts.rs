//! What the vectors and laws say of a library, for the kill matrix.

use std::{env, sync::Arc, time::Duration};

use scopecheck_reference::{
    adapter::FAULTS,
    faults::{Fault, FaultProfile},
};
use scopecheck_reports::Grade;
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Subject},
};
use tokio::task::spawn_blocking;

use super::{Adapter, Contrary, Embedded, LibraryExercise, is_of_protocol, matcher::Matcher};
use crate::{
    adapter::{AdapterCommand, AdapterLimits, ProcessAdapter},
    run::{DriveOptions, Verdicts, merge, tried},
    system::Clock,
};

/// The generated inputs of each law: a fault shows within the first few, and there are many faults.
const MATRIX_CASES: u32 = 200;

/// How long an instance of the matrix may take: the subjects are our own.
const LIMIT: Duration = Duration::from_mins(1);

/// What a call of an adapter with a fault may take: one of them hangs, and the others answer within a millisecond.
const CALL: Duration = Duration::from_millis(500);

/// The operation whose vectors an adapter is put to in a process of its own; among them are the longest and the empty input.
const SPOKEN: &str = "parse";

/// The verdicts on the reference library under a profile, with a fault if one is named; empty where a library has no such profile.
///
/// The library is in this process, and for what only its lines can show in one of its own.
pub async fn verdicts_library(
    catalog: &Catalog,
    profile: FaultProfile,
    fault: Option<Fault>,
    seed: u64,
) -> Result<Verdicts, String> {
    let spoken = match fault {
        Some(fault) if FAULTS.contains(&fault) => return verdicts_adapter(catalog, Some(fault), seed).await,
        None if profile == FaultProfile::Standard => verdicts_adapter(catalog, None, seed).await?,
        _ => Verdicts::new(),
    };
    let Some(library) = Embedded::new(profile, fault.into_iter().collect()) else {
        return Ok(Verdicts::new());
    };
    let profiles = [profile.to_string()];
    let trial = Trial { catalog, adapter: Arc::new(library), profiles: &profiles, seed };
    // What a system is known to declare is no fault of it.
    let selected = |case: &Case| case.dialect.is_none() || profile == FaultProfile::Standard;
    let mut verdicts = trial.verdicts(selected).await;
    for (check, grade) in &spoken {
        merge(&mut verdicts, check, *grade);
    }
    if fault.is_none() && profile == FaultProfile::Standard {
        for (check, grade) in verdicts_matchers(catalog, seed).await {
            merge(&mut verdicts, &check, grade);
        }
    }
    Ok(verdicts)
}

/// The verdicts on libraries that declare another matching than the reference's own: what holds under that declaration only.
async fn verdicts_matchers(catalog: &Catalog, seed: u64) -> Verdicts {
    let mut verdicts = Verdicts::new();
    for matcher in Matcher::all() {
        let trial = Trial { catalog, adapter: Arc::new(matcher), profiles: &[], seed };
        let declared =
            |case: &Case| case.vector.as_ref().is_some_and(|vector| vector.under.contains_key("matching"));
        verdicts.extend(
            trial.verdicts(declared).await.into_iter().filter(|(_, grade)| *grade != Grade::NotApplicable),
        );
    }
    verdicts
}

/// The verdicts on the reference adapter as a process: a handful of vectors, and then the rules of the protocol.
async fn verdicts_adapter(catalog: &Catalog, fault: Option<Fault>, seed: u64) -> Result<Verdicts, String> {
    let program = env::current_exe().map_err(|error| format!("this program cannot be found: {error}"))?;
    let fault = fault.map(|fault| ["--fault".to_owned(), fault.to_string()]);
    let limits = AdapterLimits::default();
    let limits = if fault.is_some() { AdapterLimits { call: CALL, ..limits } } else { limits };
    let words = [program.display().to_string(), "reference".to_owned(), "adapter".to_owned()];
    let command = AdapterCommand::new(words.into_iter().chain(fault.into_iter().flatten()));
    let adapter = spawn_blocking(move || ProcessAdapter::start(command, limits))
        .await
        .map_err(|error| error.to_string())?
        .map_err(|error| error.to_string())?;
    let trial = Trial { catalog, adapter: Arc::new(adapter), profiles: &[], seed };
    let spoken = |case: &Case| case.vector.as_ref().is_some_and(|vector| vector.op.as_str() == SPOKEN);
    let mut verdicts = trial.verdicts(spoken).await;
    verdicts.extend(trial.verdicts(is_of_protocol).await);
    Ok(verdicts)
}

/// The verdicts on libraries that answer every vector and every law wrongly and declare every deviation, the worst for each check: whatever can turn
/// red does.
pub async fn verdicts_contrary(catalog: &Catalog, seed: u64) -> Verdicts {
    let mut worst = Verdicts::new();
    let declared = Contrary::deviating();
    let libraries = Contrary::all(catalog).into_iter().map(|library| (library, false));
    for (library, declares) in libraries.chain([(declared, true)]) {
        let trial = Trial { catalog, adapter: Arc::new(library), profiles: &[], seed };
        for (check, grade) in trial.verdicts(|case| case.dialect.is_some() == declares).await {
            merge(&mut worst, &check, grade);
        }
    }
    worst
}

/// A library that is put to cases.
struct Trial<'a> {
    catalog: &'a Catalog,
    adapter: Arc<dyn Adapter>,
    profiles: &'a [String],
    seed: u64,
}

impl Trial<'_> {
    async fn verdicts(&self, selected: impl Fn(&Case) -> bool) -> Verdicts {
        let clock = Clock::default();
        let subject = LibraryExercise {
            adapter: Arc::clone(&self.adapter),
            table: "default".to_owned(),
            catalog: self.catalog,
            profiles: self.profiles,
            clock,
            seed: self.seed,
            cases: MATRIX_CASES,
            limit: LIMIT,
            findings: None,
        };
        let selected = |case: &Case| case.subject == Subject::Library && selected(case);
        tried(&subject, self.catalog, selected, clock, DriveOptions::default().jobs).await
    }
}
