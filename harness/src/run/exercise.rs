//! What a run needs of a prepared subject, whatever its kind.

use std::{future::Future, pin::Pin};

use scopecheck_reports::CaseResult;

use super::Counters;
use crate::{
    engine::{Run, run_instance},
    plan::Instance,
};

/// The work on one instance.
pub type Work<'a> = Pin<Box<dyn Future<Output = CaseResult> + Send + 'a>>;

/// A prepared subject: it takes an instance and gives back a verdict with its evidence.
///
/// What keeps an instance from being exercised is a result as well (`n/a`, `blocked`), never a failure of the run.
pub trait Exercise: Sync {
    /// The table of the target, for the results.
    fn table(&self) -> &str;

    /// Runs an instance. `rerun` is how it is typed once more.
    fn exercise<'a>(&'a self, instance: &'a Instance<'a>, rerun: String) -> Work<'a>;
}

/// An authorization server, with the tables that its counter-cases need.
#[derive(Debug)]
pub struct ServerExercise<'a> {
    /// What the instances share.
    pub run: Run<'a>,
    /// The subjects of counter-cases.
    pub counters: &'a Counters,
}

impl Exercise for ServerExercise<'_> {
    fn table(&self) -> &str {
        &self.run.world.setup.table
    }

    fn exercise<'a>(&'a self, instance: &'a Instance<'a>, rerun: String) -> Work<'a> {
        Box::pin(async move {
            let mut result = run_instance(&self.run, instance, rerun).await;
            self.counters.apply(&self.run, instance, &mut result).await;
            result
        })
    }
}
