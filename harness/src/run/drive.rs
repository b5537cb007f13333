//! Working off a plan: so many instances at once, in the order of their ids, under the limits of the run.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::{FutureExt as _, StreamExt as _, stream};
use scopecheck_reports::{CaseResult, Grade};
use tokio::{sync::Notify, time::Instant};

use super::Exercise;
use crate::{engine::unexercised, plan::Instance, system::Clock};

/// The limits of a run.
#[derive(Debug, Clone)]
pub struct DriveOptions {
    /// Instances at once.
    pub jobs: usize,
    /// How long the run may take.
    pub run: Duration,
    /// Stop after so many instances that count as failed.
    pub max_failures: Option<usize>,
}

impl Default for DriveOptions {
    fn default() -> Self {
        Self { jobs: 4, run: Duration::from_hours(1), max_failures: None }
    }
}

/// How the work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ended {
    /// Somebody pressed Ctrl-C.
    pub interrupted: bool,
    /// A limit of the run was reached.
    pub cut_short: bool,
    /// The engine panicked in an instance.
    pub bug: bool,
}

/// Work to be done.
pub struct Drive<'a> {
    /// The prepared subject.
    pub subject: &'a dyn Exercise,
    /// The clock.
    pub clock: Clock,
    /// The limits.
    pub options: DriveOptions,
    /// Told when the user wants to stop.
    pub stop: Arc<Notify>,
}

impl std::fmt::Debug for Drive<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drive").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Drive<'_> {
    /// Runs the instances and hands over each result as it is due, in the order of the plan. `done` says whether a result counts as failed.
    pub async fn work(
        &self,
        instances: &[Instance<'_>],
        rerun: &(dyn Fn(&Instance<'_>) -> String + Sync),
        mut done: impl FnMut(CaseResult) -> bool,
    ) -> Ended {
        let mut ended = Ended::default();
        let mut failures = 0;
        let mut free_form = false;
        let deadline = Instant::now() + self.options.run;
        let mut results = stream::iter(instances)
            .map(|instance| self.one(instance, rerun(instance)))
            .buffered(self.options.jobs.max(1));
        loop {
            let next = tokio::select! {
                biased;
                () = self.stop.notified() => { ended.interrupted = true; break; }
                () = tokio::time::sleep_until(deadline) => { ended.cut_short = true; break; }
                next = results.next() => next,
            };
            let Some((mut result, bug)) = next else { break };
            ended.bug |= bug;
            warn_once(&mut result, &mut free_form);
            failures += usize::from(done(result));
            if self.options.max_failures.is_some_and(|most| failures >= most) {
                ended.cut_short = true;
                break;
            }
        }
        ended
    }

    async fn one(&self, instance: &Instance<'_>, rerun: String) -> (CaseResult, bool) {
        let work = self.subject.exercise(instance, rerun.clone());
        if let Ok(result) = AssertUnwindSafe(work).catch_unwind().await {
            return (result, false);
        }
        let why = "scopecheck itself failed here; please report it";
        (unexercised(instance, self.subject.table(), rerun, Grade::Error, why, self.clock.now()), true)
    }
}

/// A free-form server is worth one warning a run: the first check that saw it gets it.
fn warn_once(result: &mut CaseResult, warned: &mut bool) {
    if *warned {
        return;
    }
    if let Some(check) = result.checks.iter_mut().find(|check| check.observed.as_deref() == Some("free-form"))
    {
        check.grade = Grade::Warn;
        *warned = true;
        result.grade = Grade::worst(result.checks.iter().map(|check| check.grade)).unwrap_or(result.grade);
    }
}
