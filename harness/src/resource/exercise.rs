//! One resource case: its steps are done, its checks judged, its record put into a result.

use std::time::Duration;

use scopecheck_reports::{CaseResult, Grade};
use scopecheck_scenarios::catalog::Catalog;
use tokio::time::{Instant, timeout_at};

use super::{ResourceWorld, session::Session};
use crate::{
    engine::{Bench, checked, notes, unexercised},
    judge::{Answers, Missed, Reading, StepState},
    plan::Instance,
    run::{Exercise, Work},
    system::{Clock, Dice},
    wire::{Labels, Recorder},
};

/// A prepared resource server.
#[derive(Debug)]
pub struct ResourceExercise<'a> {
    /// The prepared subject.
    pub world: &'a ResourceWorld,
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The clock.
    pub clock: Clock,
    /// How long an instance may take; what is not done by then is `blocked`.
    pub limit: Duration,
}

impl Exercise for ResourceExercise<'_> {
    fn table(&self) -> &str {
        &self.world.setup.table
    }

    fn exercise<'a>(&'a self, instance: &'a Instance<'a>, rerun: String) -> Work<'a> {
        Box::pin(self.one(instance, rerun))
    }
}

impl ResourceExercise<'_> {
    async fn one(&self, instance: &Instance<'_>, rerun: String) -> CaseResult {
        let (started, began) = (self.clock.now(), self.clock.elapsed_ms());
        let (world, case) = (self.world, &instance.loaded.case);
        let bench = Bench {
            catalog: self.catalog,
            profiles: &world.setup.profiles,
            capabilities: &world.capabilities,
            pin: &world.setup.pin,
        };
        let mut result = unexercised(instance, self.table(), rerun, Grade::NotApplicable, "", started);
        if let Some(need) = bench.lacks(case.needs.iter().map(|word| word.as_str())) {
            result.reason = Some(format!("needs {need}"));
            return result;
        }
        let Session { answers, bindings, recorder, .. } = self.steps(instance).await;
        let reading = Reading { answers: &answers, bindings: &bindings };
        let in_row = |rows: &[scopecheck_scenarios::model::Word]| is_in(instance, rows);
        let checks = case.checks.iter().filter(|check| in_row(&check.rows));
        result.checks = checks.map(|check| checked(&bench, instance, check, reading, &recorder)).collect();
        let grades = result.checks.iter().map(|check| check.grade);
        result.grade = Grade::worst(grades).unwrap_or(Grade::NotApplicable);
        result.reason = match result.grade {
            Grade::NotApplicable | Grade::Blocked | Grade::Error => {
                let deciding = result.checks.iter().find(|check| check.grade == result.grade);
                deciding.map(|check| check.message.clone())
            }
            _ => None,
        };
        result.steps = notes(&answers, &recorder.labels);
        result.exchanges = recorder.into_exchanges();
        result.duration_ms = self.clock.elapsed_ms().saturating_sub(began);
        result
    }

    async fn steps(&self, instance: &Instance<'_>) -> Session<'_> {
        let mut dice = Dice::new(self.world.seed, &instance.id);
        let mut bindings = self.world.bindings.clone();
        bindings.random = format!("made-up-{}", dice.word(10));
        bindings.row = instance.row.cloned();
        let mut session = Session {
            world: self.world,
            recorder: Recorder::new(self.labels(&bindings.random)),
            bindings,
            answers: Answers::new(),
            dice,
            clock: self.clock,
            step: String::new(),
        };
        let deadline = Instant::now() + self.limit;
        for step in instance.loaded.case.steps.iter().filter(|step| is_in(instance, &step.rows)) {
            session.step.clone_from(&step.id.value);
            let state = timeout_at(deadline, session.do_step(step)).await.unwrap_or_else(|_late| {
                let why = format!("the case took longer than {} s", self.limit.as_secs());
                StepState::Missed(Missed::blocked(why))
            });
            session.answers.insert(step.id.value.clone(), state);
        }
        session
    }

    fn labels(&self, random: &str) -> Labels {
        let setup = &self.world.setup;
        let mut labels = Labels::default();
        let scopes = setup.operations.iter().flat_map(|operation| &operation.requires);
        scopes.for_each(|scope| labels.spare(scope));
        labels.spare(random);
        if setup.address_is_ours {
            // Everything else that stands at the address, such as its metadata, has the same port.
            let origin = url::Url::parse(&setup.url).map(|url| url.origin().ascii_serialization());
            labels.name(origin.as_deref().unwrap_or(&setup.url), "$RESOURCE");
        }
        labels.name(self.world.issuer.url(), "$ISSUER");
        labels
    }
}

/// Whether the instance is of one of these rows; naming none means all.
fn is_in(instance: &Instance<'_>, rows: &[scopecheck_scenarios::model::Word]) -> bool {
    rows.is_empty() || instance.row.is_some_and(|row| rows.iter().any(|wanted| wanted.value == row.id.value))
}
