//! What the checks of resource cases end in, with and without a fault: the resource server's part of the kill matrix.

use std::time::Duration;

use scopecheck_reference::faults::Fault;
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Subject},
};

use super::{ResourceExercise, TABLES, start_resource};
use crate::{
    run::{DriveOptions, Verdicts, merge, tried},
    system::Clock,
    wire::{Wire, WireLimits},
};

/// How long an instance may take: the subject is our own.
const LIMIT: Duration = Duration::from_mins(1);

/// What the checks of all resource cases end in against the reference resource server, by `case#slug`: the worst over its tables, rows and
/// variants. Each table runs what its profiles select, the second only what the first does not.
pub async fn verdicts_resource(
    catalog: &Catalog,
    fault: Option<Fault>,
    seed: u64,
) -> Result<Verdicts, String> {
    let mut verdicts = Verdicts::new();
    for (number, table) in TABLES.into_iter().enumerate() {
        let faults: Vec<Fault> = fault.into_iter().collect();
        let wire = Wire::new(WireLimits::default(), None, true).map_err(|error| error.to_string())?;
        let subject = start_resource(table, &faults, wire, seed).await.map_err(|error| error.to_string())?;
        let known = &subject.world.setup.profiles;
        let selected = |case: &Case| {
            let of_table = match case.profiles.as_slice() {
                [] => number == 0,
                some => some.iter().any(|profile| known.contains(&profile.value)),
            };
            case.subject == Subject::Resource && of_table
        };
        let clock = Clock::default();
        let exercise = ResourceExercise { world: &subject.world, catalog, clock, limit: LIMIT };
        for (check, grade) in tried(&exercise, catalog, selected, clock, DriveOptions::default().jobs).await {
            merge(&mut verdicts, &check, grade);
        }
        subject.shutdown().await;
    }
    Ok(verdicts)
}
