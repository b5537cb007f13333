//! One instance of a case: its steps are done, its checks judged, its record put into a result.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use scopecheck_reports::{CaseResult, Grade};
use scopecheck_scenarios::{catalog::Catalog, model::Check};
use tokio::time::{Instant, timeout_at};

use super::{
    anew::{Anew, anew},
    needs::{refreshed, weighed},
    result::{Bench, checked, notes, unexercised},
    session::{Session, StepHook},
};
use crate::{
    judge::{Answers, Missed, Reading, StepState},
    plan::Instance,
    subject::{ClientMode, World},
    system::{Clock, Dice},
    wire::{Labels, Recorder},
};

/// What every instance of a run shares.
#[derive(Clone)]
pub struct Run<'w> {
    /// The prepared subject.
    pub world: &'w World,
    /// The catalogue.
    pub catalog: &'w Catalog,
    /// The clock.
    pub clock: Clock,
    /// Told the id of each step; a script listens.
    pub hook: Option<StepHook>,
    /// How long an instance may take; what is not done by then is `blocked`.
    pub limit: Duration,
}

impl Run<'_> {
    /// What the verdicts of this run are looked up in.
    pub fn bench(&self) -> Bench<'_> {
        Bench {
            catalog: self.catalog,
            profiles: &self.world.profiles,
            capabilities: &self.world.capabilities,
            pin: &self.world.setup.pin,
        }
    }
}

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("issuer", &self.world.setup.issuer).finish_non_exhaustive()
    }
}

/// Runs an instance and judges it.
pub async fn run_instance(run: &Run<'_>, instance: &Instance<'_>, rerun: String) -> CaseResult {
    let started = run.clock.now();
    let began = run.clock.elapsed_ms();
    let case = &instance.loaded.case;
    let mut result = unexercised(instance, &run.world.setup.table, rerun, Grade::NotApplicable, "", started);
    result.reason = None;
    let kind = match instance.variant.get("client").map(String::as_str) {
        Some("confidential") => "confidential",
        // Without the axis it is one or the other: whichever the server offers.
        None if run.world.lacks(["client.public"]).is_some() => "confidential",
        _ => "public",
    };
    let axis_need = Some(if kind == "confidential" { "client.confidential" } else { "client.public" });
    let needs = case.needs.iter().map(|word| word.as_str()).chain(axis_need);
    if let Some(need) = run.world.lacks(needs) {
        result.reason = Some(format!("needs {need}"));
        return result;
    }
    let anew = anew(run, instance).await;
    let mut session = session(run, anew.as_ref(), instance, kind);
    let prepared = if case.client.as_ref().is_some_and(|word| word.as_str() == "fresh") {
        let registration = super::clients::register(session.world, kind, run.clock).await;
        session.show(&registration);
        registration.client.map(|client| session.fresh = Some(client))
    } else {
        Ok(())
    };
    match prepared {
        Ok(()) => steps(&mut session, instance, run.limit).await,
        Err(missed) => {
            for step in &case.steps {
                session.answers.insert(step.id.value.clone(), StepState::Missed(missed.clone()));
            }
        }
    }
    let Session { answers, bindings, recorder, .. } = session;
    let reading = Reading { answers: &answers, bindings: &bindings };
    let bench = run.bench();
    result.checks = case
        .checks
        .iter()
        .filter(|check| applies(check, instance))
        .map(|check| checked(&bench, instance, check, reading, &recorder))
        .collect();
    if let Some(anew) = anew {
        anew.stop().await;
    }
    result.grade =
        Grade::worst(result.checks.iter().map(|check| check.grade)).unwrap_or(Grade::NotApplicable);
    if matches!(result.grade, Grade::NotApplicable | Grade::Blocked | Grade::Error) {
        result.reason =
            result.checks.iter().find(|check| check.grade == result.grade).map(|check| check.message.clone());
    }
    result.steps = notes(&answers, &recorder.labels);
    result.exchanges = recorder.into_exchanges();
    result.duration_ms = run.clock.elapsed_ms().saturating_sub(began);
    result
}

fn session<'w>(
    run: &Run<'w>,
    anew: Option<&'w Anew>,
    instance: &Instance<'_>,
    kind: &'static str,
) -> Session<'w> {
    let world = anew.and_then(Anew::world).unwrap_or(run.world);
    let mut dice = Dice::new(world.seed, &instance.id);
    let mut bindings = world.bindings.clone();
    bindings.random = format!("made-up-{}", dice.word(10));
    bindings.row = instance.row.cloned();
    let mut labels = Labels::default();
    for (word, value) in &world.setup.canaries {
        labels.learn_configured(word, value);
    }
    // The scopes of the run, and a client id of the configuration, may be words that a subject also uses for something secret.
    let scopes =
        bindings.grantable.iter().chain(&bindings.forbidden).chain([&bindings.unknown, &bindings.random]);
    scopes.for_each(|scope| labels.spare(scope));
    if let ClientMode::Registered { id, .. } = &world.setup.client {
        labels.spare(id);
    }
    if world.setup.address_is_ours {
        labels.name(&world.setup.issuer, "$ISSUER");
    }
    Session {
        world,
        anew,
        catalog: run.catalog,
        bindings,
        recorder: Recorder::new(labels),
        dice,
        clock: run.clock,
        answers: Answers::new(),
        own: HashMap::new(),
        fresh: None,
        kind,
        shown: HashSet::new(),
        codes: HashMap::new(),
        refresh_tokens: HashMap::new(),
        token_clients: HashMap::new(),
        weighed: weighed(&instance.loaded.case),
        refreshed: refreshed(&instance.loaded.case),
        also: None,
        introspection_tells: false,
        claims_tell: false,
        step: String::new(),
        given: None,
        inner: Answers::new(),
        hook: run.hook.clone(),
    }
}

async fn steps(session: &mut Session<'_>, instance: &Instance<'_>, limit: Duration) {
    let deadline = Instant::now() + limit;
    let row = instance.row.map(|row| row.id.value.as_str());
    for step in &instance.loaded.case.steps {
        if !step.rows.is_empty() && !step.rows.iter().any(|wanted| Some(wanted.as_str()) == row) {
            continue;
        }
        session.step.clone_from(&step.id.value);
        if let Some(hook) = &session.hook {
            hook(&step.id.value);
        }
        let state = match timeout_at(deadline, session.step(step)).await {
            Ok(state) => state,
            Err(_late) => {
                StepState::Missed(Missed::blocked(format!("the case took longer than {} s", limit.as_secs())))
            }
        };
        let state = match timeout_at(deadline, session.once_more_offline(step, &state)).await {
            Ok(Some(again)) => again,
            _ => state,
        };
        session.answers.insert(step.id.value.clone(), state);
    }
}

fn applies(check: &Check, instance: &Instance<'_>) -> bool {
    check.rows.is_empty()
        || instance.row.is_some_and(|row| check.rows.iter().any(|wanted| wanted.value == row.id.value))
}
