//! From verdicts and records to results: what is shown, redacted and cut to a length that a reader can bear.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use scopecheck_reports::{CaseResult, CheckResult, Expectation, Grade, RequirementRef, StepNote};
use scopecheck_scenarios::{
    catalog::Catalog,
    link::link,
    model::{Check, Contract, ContractStatus, Requirement},
};

use crate::{
    judge::{Answers, Breach, Judged, Missed, MissedKind, Reading, StepState, judge},
    plan::Instance,
    wire::{Labels, Recorder},
};

/// What a verdict is looked up in beside the recorded answers; the same for every kind of subject.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The profiles that are selected.
    pub profiles: &'a [String],
    /// What the subject can do, by the words of the vocabulary; what is not listed is taken to be there.
    pub capabilities: &'a BTreeMap<&'static str, bool>,
    /// Pinned behaviours, by check id.
    pub pin: &'a BTreeMap<String, String>,
}

impl Bench<'_> {
    /// The capability that is missing, if any of these is.
    pub fn lacks<'n>(&self, needs: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        needs.into_iter().find(|need| self.capabilities.get(need) == Some(&false))
    }

    fn pin(&self, key: &str) -> Option<&str> {
        self.pin.get(key).map(String::as_str)
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

/// Judges a check and puts the verdict into a result.
pub fn checked(
    bench: &Bench<'_>,
    instance: &Instance<'_>,
    check: &Check,
    reading: Reading<'_>,
    recorder: &Recorder,
) -> CheckResult {
    let catalog = bench.catalog;
    let requirement = check.requirement.as_ref().and_then(|id| catalog.requirements.get(id.as_str()));
    let contract = check.contract.as_ref().and_then(|id| catalog.contracts.get(id.as_str()));
    let key = format!("{}#{}", instance.loaded.case.id, check.id);
    let needs = check.needs.iter().map(|word| word.as_str()).chain(of_witness(check));
    let judged = match (bench.lacks(needs), requirement, contract) {
        (Some(need), ..) => Judged::plain(Grade::NotApplicable, format!("needs {need}")),
        (None, Some(requirement), _) => {
            judge(check, Breach::Requirement(requirement), reading, bench.profiles, bench.pin(&key))
        }
        (None, None, Some(_)) => judge(check, Breach::Contract, reading, bench.profiles, bench.pin(&key)),
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

/// The capability that a witness brings along: a client that reads no challenges is not judged by what it makes of one.
fn of_witness(check: &Check) -> Option<&'static str> {
    match check.witness.as_str().rsplit('.').next() {
        Some("challenge_sent" | "denied") => Some("challenges"),
        Some("metadata_fetched") => Some("discovery"),
        _ => None,
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
        Some(StepState::Ran(answer)) if answer.verb == "use" => {
            answer.exchanges.clone().find(|index| !recorder.is_registration(*index))
        }
        _ => None,
    };
    let mut indices: Vec<usize> = first.into_iter().chain(deciding).collect();
    indices.dedup();
    let lines: Vec<&str> = indices.into_iter().filter_map(|index| recorder.curl(index)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
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

/// A text of a verdict, cut to a length that a reader can bear.
pub fn cut(text: String) -> String {
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

/// The notes on the steps of an instance, without secrets.
pub fn notes(answers: &Answers, labels: &Labels) -> Vec<StepNote> {
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

/// A requirement as the results name it.
pub fn of_requirement(requirement: &Requirement) -> RequirementRef {
    RequirementRef {
        id: requirement.id.value.clone(),
        source: requirement.source.clone(),
        section: requirement.section.clone(),
        level: requirement.level.as_str().to_owned(),
        summary: requirement.summary.clone(),
        url: link(&requirement.source, &requirement.section),
    }
}

/// The document that the rules of our own protocol stand in.
pub const OUR_PROTOCOL: &str = "adapter protocol, version 1";

/// A contract as the results name it.
pub fn of_contract(contract: &Contract) -> RequirementRef {
    RequirementRef {
        id: contract.id.value.clone(),
        source: match contract.status {
            ContractStatus::Protocol => OUR_PROTOCOL.to_owned(),
            _ => format!("contract of {}", contract.profile),
        },
        section: contract.id.value.clone(),
        level: "MUST".to_owned(),
        summary: contract.summary.clone(),
        url: None,
    }
}

/// What stands in for a requirement that the catalogue does not know.
pub fn unknown() -> RequirementRef {
    RequirementRef {
        id: "(unknown)".to_owned(),
        source: String::new(),
        section: String::new(),
        level: String::new(),
        summary: String::new(),
        url: None,
    }
}
