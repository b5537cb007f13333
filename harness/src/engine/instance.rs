//! One instance of a case: its steps are done, its checks judged, its record put into a result.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use indexmap::IndexMap;
use scopecheck_reports::{CaseResult, CheckResult, Expectation, Grade, RequirementRef, StepNote};
use scopecheck_scenarios::{
    catalog::Catalog,
    link::link,
    model::{Check, Contract, Requirement},
};

use tokio::time::{Instant, timeout_at};

use super::{
    needs::{refreshed, weighed},
    session::{Session, StepHook},
};
use crate::{
    judge::{Answers, Breach, Judged, Missed, MissedKind, Reading, StepState, judge},
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

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("issuer", &self.world.setup.issuer).finish_non_exhaustive()
    }
}

/// The result of an instance that could not be exercised at all.
pub fn unexercised(
    instance: &Instance<'_>,
    table: &str,
    rerun: String,
    grade: Grade,
    why: &str,
    started: String,
) -> CaseResult {
    let case = &instance.loaded.case;
    CaseResult {
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
        grade,
        reason: Some(why.to_owned()),
        table: table.to_owned(),
        started,
        duration_ms: 0,
        checks: Vec::new(),
        exchanges: Vec::new(),
        steps: Vec::new(),
        rerun,
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
    let mut session = session(run, instance, kind);
    let prepared = if case.client.as_ref().is_some_and(|word| word.as_str() == "fresh") {
        let registration = super::clients::register(run.world, kind, run.clock).await;
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
        labels.learn_configured(word, value);
    }
    // The scopes of the run, and a client id of the configuration, may be words that a subject also uses for something secret.
    let scopes =
        bindings.grantable.iter().chain(&bindings.forbidden).chain([&bindings.unknown, &bindings.random]);
    scopes.for_each(|scope| labels.spare(scope));
    if let ClientMode::Registered { id, .. } = &run.world.setup.client {
        labels.spare(id);
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
    let hide = |text: &str| cut(recorder.labels.hide(text));
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
            difference.missing = listed(&difference.missing, &hide);
            difference.extra = listed(&difference.extra, &hide);
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
        curl: curls(check, reading, recorder, evidence.last().copied()),
        evidence,
        expectation: Expectation::None,
        responsible: instance.loaded.case.subject.as_str().to_owned(),
    }
}

/// The commands that repeat the deciding exchange; for a flow, its authorization request comes first.
fn curls(
    check: &Check,
    reading: Reading<'_>,
    recorder: &Recorder,
    deciding: Option<usize>,
) -> Option<String> {
    let step = check.witness.as_str().split('.').next().unwrap_or_default();
    let first = match reading.answers.get(step) {
        Some(StepState::Ran(answer)) if answer.verb == "use" => Some(answer.exchanges.start),
        _ => None,
    };
    let mut indices: Vec<usize> = first.into_iter().chain(deciding).collect();
    indices.dedup();
    let lines: Vec<&str> = indices.into_iter().filter_map(|index| recorder.curl(index)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
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

/// The longest text of a verdict, and the longest list: a subject chooses how long its scopes are.
const TEXT: usize = 600;
const LIST: usize = 20;

fn cut(text: String) -> String {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{} ... (cut)", &text[..end]),
        None => text,
    }
}

fn listed(scopes: &[String], hide: &dyn Fn(&str) -> String) -> Vec<String> {
    let more = scopes.len().saturating_sub(LIST);
    let mut shown: Vec<String> = scopes.iter().take(LIST).map(|scope| hide(scope)).collect();
    if more > 0 {
        shown.push(format!("... and {more} more"));
    }
    shown
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
