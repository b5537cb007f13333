//! Every case of a kind put to a subject, and the worst that each check ended in: one row of the kill matrix.

use std::sync::Arc;

use scopecheck_scenarios::{catalog::Catalog, model::Case};

use super::{Verdicts, merge};
use crate::{
    plan::{Instance, RowChoice, expand},
    run::{Drive, DriveOptions, Exercise},
    system::Clock,
};

/// Puts the selected cases to a subject, in all their rows and variants. What the checks ended in, by `case#slug`: the worst over rows and variants.
pub async fn tried(
    subject: &dyn Exercise,
    catalog: &Catalog,
    selected: impl Fn(&Case) -> bool,
    clock: Clock,
    jobs: usize,
) -> Verdicts {
    let cases = catalog.cases.values().filter(|loaded| selected(&loaded.case));
    let mut plan: Vec<Instance<'_>> =
        cases.flat_map(|loaded| expand(loaded, &RowChoice::default())).collect();
    plan.sort_by(|a, b| a.id.cmp(&b.id));
    let options = DriveOptions { jobs, ..DriveOptions::default() };
    let drive = Drive { subject, clock, options, stop: Arc::default() };
    let mut verdicts = Verdicts::new();
    drive
        .work(&plan, &|_| String::new(), |result| {
            for check in &result.checks {
                merge(&mut verdicts, &format!("{}#{}", result.case, check.slug), check.grade);
            }
            false
        })
        .await;
    verdicts
}
