//! Counter-cases: the same case against a second table, with the feature off, where its checks have to turn red.

use std::collections::HashMap;

use scopecheck_reports::{CaseResult, Grade};

use crate::{
    engine::{Run, run_instance},
    plan::Instance,
    subject::World,
};

/// The prepared subjects of counter-cases, by table.
#[derive(Debug, Default)]
pub struct Counters(HashMap<String, World>);

impl Counters {
    /// Adds the subject of a table.
    pub fn insert(&mut self, table: impl Into<String>, world: World) {
        self.0.insert(table.into(), world);
    }

    /// The subjects.
    pub fn worlds(&self) -> impl Iterator<Item = &World> {
        self.0.values()
    }

    /// Runs the counter-case of an instance, if it has one and the table is there. A marked check that stays green without the feature
    /// proves nothing about it: its verdict becomes `blocked`.
    pub async fn apply(&self, run: &Run<'_>, instance: &Instance<'_>, result: &mut CaseResult) {
        let case = &instance.loaded.case;
        let Some(world) = case.counter.as_ref().and_then(|table| self.0.get(table.as_str())) else { return };
        if result.checks.is_empty() {
            return;
        }
        let counter = run_instance(&Run { world, ..run.clone() }, instance, String::new()).await;
        let table = &world.setup.table;
        for check in case.checks.iter().filter(|check| check.counter) {
            let Some(judged) = result.checks.iter_mut().find(|judged| judged.slug == check.id.value) else {
                continue;
            };
            if !matches!(judged.grade, Grade::Pass | Grade::Observed) {
                continue;
            }
            let there = counter.checks.iter().find(|other| other.slug == judged.slug);
            match there.map(|other| (other.grade, &other.message)) {
                Some((Grade::Fail | Grade::Warn, message)) => {
                    judged.message =
                        format!("{}; in the counter-case `{table}` it turns red: {message}", judged.message);
                }
                other => {
                    let grade = other.map_or(Grade::NotApplicable, |(grade, _)| grade);
                    judged.grade = Grade::Blocked;
                    judged.message = format!(
                        "the counter-case `{table}` should turn this check red, but it ended as `{grade}` there: nothing is proven"
                    );
                }
            }
        }
        result.grade = Grade::worst(result.checks.iter().map(|check| check.grade)).unwrap_or(result.grade);
        result.exchanges.extend(counter.exchanges.into_iter().map(|mut exchange| {
            exchange.step = format!("{table}:{}", exchange.step);
            exchange
        }));
        result.steps.extend(counter.steps.into_iter().map(|mut step| {
            step.id = format!("{table}:{}", step.id);
            step
        }));
    }
}
