//! What the vectors and laws say of a library, for the kill matrix.

use std::{sync::Arc, time::Duration};

use scopecheck_reference::faults::{Fault, FaultProfile};
use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use super::{Adapter, Contrary, Embedded, LibraryExercise};
use crate::{
    run::{DriveOptions, Verdicts, merge, tried},
    system::Clock,
};

/// The generated inputs of each law: a fault shows within the first few, and there are many faults.
const MATRIX_CASES: u32 = 200;

/// How long an instance of the matrix may take: the subjects are our own.
const LIMIT: Duration = Duration::from_mins(1);

/// The verdicts on the reference library under a profile, with a fault if one is named; empty where a library has no such profile.
pub async fn verdicts_library(
    catalog: &Catalog,
    profile: FaultProfile,
    fault: Option<Fault>,
    seed: u64,
) -> Result<Verdicts, String> {
    let Some(library) = Embedded::new(profile, fault.into_iter().collect()) else {
        return Ok(Verdicts::new());
    };
    Ok(verdicts(catalog, Arc::new(library), &[profile.to_string()], seed).await)
}

/// The verdicts on libraries that answer every vector and every law wrongly, the worst for each check: whatever can turn red does.
pub async fn verdicts_contrary(catalog: &Catalog, seed: u64) -> Verdicts {
    let mut worst = Verdicts::new();
    for library in Contrary::all(catalog) {
        for (check, grade) in verdicts(catalog, Arc::new(library), &[], seed).await {
            merge(&mut worst, &check, grade);
        }
    }
    worst
}

async fn verdicts(catalog: &Catalog, adapter: Arc<dyn Adapter>, profiles: &[String], seed: u64) -> Verdicts {
    let clock = Clock::default();
    let subject = LibraryExercise {
        adapter,
        table: "default".to_owned(),
        catalog,
        profiles,
        clock,
        seed,
        cases: MATRIX_CASES,
        limit: LIMIT,
    };
    tried(&subject, catalog, |case| case.subject == Subject::Library, clock, DriveOptions::default().jobs)
        .await
}
