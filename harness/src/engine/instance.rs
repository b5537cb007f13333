//! One instance of a case: its steps are done, its checks judged, its record put into a result.

use std::collections::HashMap;

use indexmap::IndexMap;
use scopecheck_reports::{CaseResult, CheckResult, Expectation, Grade, RequirementRef, StepNote};
use scopecheck_scenarios::{
    catalog::Catalog,
    link::link,
    model::{Check, Contract, Requirement},
};

use super::{
    needs::weighed,
    session::{Session, StepHook},
};
use crate::{
    judge::{Answers, Breach, Judged, Missed, MissedKind, Reading, StepState, judge},
    plan::Instance,
    subject::World,
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
    let mut result = CaseResult {
        id: instance.id.clone(),
        case: case.id.value.clone(),
        variant: instance
            .variant
            .iter()
            .map(|(axis, value)| (axis.clone(), value.clone()))
            .collect::<IndexMap<_, _>>(),
        title: case.title.clone(),
        subject: case.subject.as_str().to_owned(),
        area: case.area().to_owned(),
        impact: case.impact.as_str().to_owned(),
        grade: Grade::NotApplicable,
        reason: None,
        table: run.world.setup.table.clone(),
        started,
        duration_ms: 0,
        checks: Vec::new(),
        exchanges: Vec::new(),
        steps: Vec::new(),
        rerun,
    };
    let kind = if instance.variant.get("client").map(String::as_str) == Some("confidential") {
        "confidential"
    } else {
        "public"
    };
    let axis_need = (kind == "confidential").then_some("client.confidential");
    let needs = case.needs.iter().map(|word| word.as_str()).chain(axis_need);
    if let Some(need) = run.world.lacks(needs) {
        result.reason = Some(format!("needs {need}"));
        return result;
    }
    let mut session = session(run, instance, kind);
    let prepared = if case.client.as_ref().is_some_and(|word| word.as_str() == "fresh") {
        super::clients::register(run.world, kind).await.map(|client| session.fresh = Some(client))
    } else {
        Ok(())
    };
    match prepared {
        Ok(()) => steps(&mut session, instance).await,
        Err(missed) => {
            for step in &case.steps {
                session.answers.insert(step.id.value.clone(), StepState::Missed(missed.clone()));
            }
        }
    }
    let Session { answers, bindings, recorder, .. } = session;
    let reading = Reading { answers: &answers, bindings: &bindings };
    result.checks = case
        .checks
        .iter()
        .filter(|check| applies(check, instance))
        .map(|check| checked(run, instance, check, reading, &recorder))
        .collect();
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

fn session<'w>(run: &Run<'w>, instance: &Instance<'_>, kind: &'static str) -> Session<'w> {
    let mut dice = Dice::new(run.world.seed, &instance.id);
    let mut bindings = run.world.bindings.clone();
    bindings.random = format!("made-up-{}", dice.word(10));
    bindings.row = instance.row.cloned();
    let mut labels = Labels::default();
    for (word, value) in &run.world.setup.canaries {
        labels.learn(word, value);
    }
    if run.world.setup.address_is_ours {
        labels.name(&run.world.setup.issuer, "$ISSUER");
    }
    Session {
        world: run.world,
        catalog: run.catalog,
        bindings,
        recorder: Recorder::new(labels),
        dice,
        clock: run.clock,
        answers: Answers::new(),
        own: HashMap::new(),
        fresh: None,
        kind,
        codes: HashMap::new(),
        refresh_tokens: HashMap::new(),
        token_clients: HashMap::new(),
        weighed: weighed(&instance.loaded.case),
        introspection_tells: false,
        claims_tell: false,
        step: String::new(),
        given: None,
        inner: Answers::new(),
        hook: run.hook.clone(),
    }
}

async fn steps(session: &mut Session<'_>, instance: &Instance<'_>) {
    let row = instance.row.map(|row| row.id.value.as_str());
    for step in &instance.loaded.case.steps {
        if !step.rows.is_empty() && !step.rows.iter().any(|wanted| Some(wanted.as_str()) == row) {
            continue;
        }
        session.step.clone_from(&step.id.value);
        if let Some(hook) = &session.hook {
            hook(&step.id.value);
        }
        let state = session.step(step).await;
        session.answers.insert(step.id.value.clone(), state);
    }
}

fn applies(check: &Check, instance: &Instance<'_>) -> bool {
    check.rows.is_empty()
        || instance.row.is_some_and(|row| check.rows.iter().any(|wanted| wanted.value == row.id.value))
}

fn checked(
    run: &Run<'_>,
    instance: &Instance<'_>,
    check: &Check,
    reading: Reading<'_>,
    recorder: &Recorder,
) -> CheckResult {
    let catalog = run.catalog;
    let requirement = check.requirement.as_ref().and_then(|id| catalog.requirements.get(id.as_str()));
    let contract = check.contract.as_ref().and_then(|id| catalog.contracts.get(id.as_str()));
    let key = format!("{}#{}", instance.loaded.case.id, check.id);
    let needs = check.needs.iter().map(|word| word.as_str());
    let judged = match (run.world.lacks(needs), requirement, contract) {
        (Some(need), ..) => Judged::plain(Grade::NotApplicable, format!("needs {need}")),
        (None, Some(requirement), _) => {
            judge(check, Breach::Requirement(requirement), reading, &run.world.profiles, pin(run, &key))
        }
        (None, None, Some(_)) => judge(check, Breach::Contract, reading, &run.world.profiles, pin(run, &key)),
        (None, None, None) => Judged::plain(Grade::Error, "the check names no requirement that is known"),
    };
    let named =
        judged.requirement.as_ref().and_then(|id| catalog.requirements.get(id.as_str())).or(requirement);
    let evidence = evidence(check, reading, judged.witness.as_ref().and_then(|witness| witness.exchange));
    let hide = |text: &str| recorder.labels.hide(text);
    CheckResult {
        id: format!("{}#{}", instance.id, check.id),
        slug: check.id.value.clone(),
        requirement: named.map(of_requirement).or_else(|| contract.map(of_contract)).unwrap_or_else(unknown),
        grade: judged.grade,
        message: hide(&judged.message),
        hint: check.hint.clone().filter(|_| matches!(judged.grade, Grade::Fail | Grade::Warn)),
        difference: judged.difference.map(|mut difference| {
            difference.expected = hide(&difference.expected);
            difference.actual = hide(&difference.actual);
            for scope in difference.missing.iter_mut().chain(&mut difference.extra) {
                *scope = hide(scope);
            }
            difference
        }),
        witness: judged.witness.map(|mut witness| {
            witness.detail = hide(&witness.detail);
            witness
        }),
        observed: judged.observed.as_deref().map(hide),
        curl: evidence.last().and_then(|index| recorder.curl(*index)).map(str::to_owned),
        evidence,
        expectation: Expectation::None,
        responsible: instance.loaded.case.subject.as_str().to_owned(),
    }
}

fn pin<'a>(run: &Run<'a>, key: &str) -> Option<&'a str> {
    run.world.setup.pin.get(key).map(String::as_str)
}

/// The exchanges that a verdict rests on: those of its witness's step and of the steps that it names.
fn evidence(check: &Check, reading: Reading<'_>, witness: Option<usize>) -> Vec<usize> {
    let step = check.witness.as_str().split('.').next().unwrap_or_default();
    let named = [
        Some(step),
        check.of.as_ref().map(|word| word.as_str()),
        check.control.as_ref().map(|word| word.as_str()),
    ];
    let mut indices: Vec<usize> = named
        .into_iter()
        .flatten()
        .filter_map(|step| reading.answers.get(step))
        .filter_map(|state| match state {
            StepState::Ran(answer) => Some(answer.exchanges.clone()),
            StepState::Missed(_) => None,
        })
        .flatten()
        .filter(|index| Some(*index) != witness)
        .collect();
    indices.sort_unstable();
    indices.dedup();
    // The witness comes last: its request is the one to repeat.
    indices.extend(witness);
    indices
}

fn notes(answers: &Answers, labels: &Labels) -> Vec<StepNote> {
    answers
        .iter()
        .map(|(id, state)| match state {
            StepState::Ran(answer) => StepNote {
                id: id.clone(),
                verb: answer.verb.to_owned(),
                outcome: Some(labels.hide(&answer.outcome.to_string())),
                events: answer.events.iter().map(|event| event.name.to_owned()).collect(),
            },
            StepState::Missed(Missed { kind, why }) => StepNote {
                id: id.clone(),
                verb: String::new(),
                outcome: Some(match kind {
                    MissedKind::NotApplicable => format!("n/a: {}", labels.hide(why)),
                    MissedKind::Blocked => format!("blocked: {}", labels.hide(why)),
                }),
                events: Vec::new(),
            },
        })
        .collect()
}

fn of_requirement(requirement: &Requirement) -> RequirementRef {
    RequirementRef {
        id: requirement.id.value.clone(),
        source: requirement.source.clone(),
        section: requirement.section.clone(),
        level: requirement.level.as_str().to_owned(),
        summary: requirement.summary.clone(),
        url: link(&requirement.source, &requirement.section),
    }
}

fn of_contract(contract: &Contract) -> RequirementRef {
    RequirementRef {
        id: contract.id.value.clone(),
        source: format!("contract of {}", contract.profile),
        section: contract.id.value.clone(),
        level: "MUST".to_owned(),
        summary: contract.summary.clone(),
        url: None,
    }
}

fn unknown() -> RequirementRef {
    RequirementRef {
        id: "(unknown)".to_owned(),
        source: String::new(),
        section: String::new(),
        level: String::new(),
        summary: String::new(),
        url: None,
    }
}
