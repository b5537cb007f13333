//! What the judge's words alone do not decide: exit classes, runs that were cut off, and statements that the chosen revision does not have.

use scopecheck_reports::{CheckResult, Expectation, Grade, RequirementRef, Witness};
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Check, Exit, Expect, Step, Verb, Word},
    words::sets_of_expect,
};

use super::answers::is_given;
use crate::{
    judge::{Answer, Answers, MissedKind, Outcome, StepState},
    plan::Instance,
};

/// The slug of the check that every case has whose runs have to end in a certain way.
pub const EXIT_CLASS: &str = "exit-class";

/// The runs of a case that have to end in a certain way.
pub fn with_exit(case: &Case) -> impl Iterator<Item = (&Step, Exit)> {
    case.steps.iter().filter_map(|step| step.exit.filter(|exit| *exit != Exit::Any).map(|exit| (step, exit)))
}

/// Whether each run told by its exit status how it went; `None` where the case does not ask. `once` says that one run did all steps, and `others`
/// are the checks that were judged already.
pub(super) fn exit_class(
    instance: &Instance<'_>,
    answers: &Answers,
    once: bool,
    others: &[CheckResult],
) -> Option<CheckResult> {
    let case = &instance.loaded.case;
    let mut judged: Option<(Grade, String, Option<Witness>)> = None;
    let runs: Vec<(&Step, Exit)> =
        if once { of_one_run(case).into_iter().collect() } else { with_exit(case).collect() };
    let silent =
        answers.values().all(|state| !matches!(state, StepState::Ran(answer) if !answer.counts.is_empty()));
    for (step, exit) in runs {
        let Some(state) = answers.get(step.id.as_str()) else { continue };
        let (grade, message, witness) = one(step, exit, state, silent);
        let worse = judged.as_ref().is_none_or(|(worst, ..)| grade.severity_rank() > worst.severity_rank());
        if worse {
            judged = Some((grade, message, witness));
        }
    }
    let (mut grade, mut message, witness) = judged?;
    // The end of a run proves nothing alone: a client that fails at once fails rightly by luck.
    if grade == Grade::Pass && others.iter().all(|check| check.grade == Grade::Blocked) {
        grade = Grade::Blocked;
        message.push_str(", but nothing else could be judged");
    }
    // A case that cannot be put to this client is not passed by the runs before that shows.
    let cannot = |state: &StepState| matches!(state, StepState::Missed(missed) if missed.kind == MissedKind::NotApplicable);
    if grade == Grade::Pass && answers.values().any(cannot) {
        grade = Grade::NotApplicable;
        message.push_str(", but a later step does not apply to this client");
    }
    Some(CheckResult {
        id: format!("{}#{EXIT_CLASS}", instance.id),
        slug: EXIT_CLASS.to_owned(),
        requirement: RequirementRef {
            id: "CLIENT-EXIT".to_owned(),
            source: "Scopecheck".to_owned(),
            section: "client contract".to_owned(),
            level: "SHOULD".to_owned(),
            summary: "The exit status of a client tells whether what it was asked to do was done.".to_owned(),
            url: None,
        },
        grade,
        message,
        hint: None,
        difference: None,
        evidence: witness.iter().filter_map(|witness| witness.exchange).collect(),
        witness,
        observed: None,
        curl: None,
        expectation: Expectation::None,
        responsible: case.subject.as_str().to_owned(),
    })
}

/// How a run for all steps has to end: it succeeds if each of them does. Its end is seen in the last step.
fn of_one_run(case: &Case) -> Option<(&Step, Exit)> {
    let exits = || case.steps.iter().map(|step| step.exit.unwrap_or(Exit::Any));
    let exit = if exits().any(|exit| exit == Exit::Failure) {
        Exit::Failure
    } else if exits().all(|exit| exit == Exit::Success) {
        Exit::Success
    } else {
        return None;
    };
    Some((case.steps.last()?, exit))
}

/// The verdict on one run; `silent` says that the client asked nobody for anything in the whole case, which is no deviation but nothing at all.
fn one(step: &Step, exit: Exit, state: &StepState, silent: bool) -> (Grade, String, Option<Witness>) {
    let id = &step.id;
    let answer = match state {
        StepState::Ran(answer) => answer,
        StepState::Missed(missed) => {
            let grade = match missed.kind {
                MissedKind::NotApplicable => Grade::NotApplicable,
                MissedKind::Blocked => Grade::Blocked,
            };
            return (grade, format!("step `{id}`: {}", missed.why), None);
        }
    };
    let Some(event) = answer.events.iter().rev().find(|event| event.name == "ended") else {
        return (Grade::Blocked, format!("the client did not end step `{id}` by itself"), None);
    };
    let witness = Witness {
        event: "ended".to_owned(),
        step: id.value.clone(),
        exchange: event.exchange,
        detail: event.detail.clone(),
    };
    let (wanted, right) = match exit {
        Exit::Success => ("success", word(answer) == "success"),
        Exit::Failure => ("failure", word(answer) == "failure"),
        Exit::Any => ("any", true),
    };
    let (grade, message) = if silent {
        (Grade::Blocked, format!("step `{id}`: {}, but nothing was asked for", event.detail))
    } else if !right {
        (Grade::Warn, format!("step `{id}`: {}, although it should end in {wanted}", event.detail))
    } else if answer.counts.is_empty() && answer.verb != "run" {
        // Whoever asks nobody for anything ends rightly by luck.
        (Grade::Blocked, format!("step `{id}`: {}, but nothing was asked for", event.detail))
    } else if exit == Exit::Success && !is_done(answer) {
        (Grade::Warn, format!("step `{id}`: {}, although what was asked for was not done", event.detail))
    } else {
        (Grade::Pass, format!("every run ended as it went; step `{id}`: {}", event.detail))
    };
    (grade, message, Some(witness))
}

/// Whether what was called was served at last; for a login, whether the last token request was.
fn is_done(answer: &Answer) -> bool {
    // Who shows or forgets what is held need not ask anybody.
    match answer.verb {
        "run" => true,
        "login" => is_given(&answer.fields),
        _ => answer.outcome == Outcome::Accepted,
    }
}

/// The exit class of a run.
fn word(answer: &Answer) -> &str {
    answer.field(&["exit"]).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// A green verdict proves nothing if a run that it rests on was cut off: what the client would have done next is not known.
pub(super) fn cut_off(check: &Check, answers: &Answers, result: &mut CheckResult) {
    if !matches!(result.grade, Grade::Pass | Grade::Observed) {
        return;
    }
    for step in steps_of(check) {
        if let Some(StepState::Ran(answer)) = answers.get(step)
            && word(answer) == "killed"
        {
            result.grade = Grade::Blocked;
            result.message =
                format!("the client did not end step `{step}` by itself; until then: {}", result.message);
            return;
        }
    }
}

/// How a login ended that somebody else has started is not known.
pub(super) fn by_hand(case: &Case, check: &Check, result: &mut CheckResult) {
    let of = check.of.as_ref().and_then(|of| case.steps.iter().find(|step| step.id.value == of.value));
    if matches!(of.and_then(Step::verb), Some(Verb::Login(_))) {
        result.grade = Grade::NotApplicable;
        "how a login ended that somebody else has started is not known".clone_into(&mut result.message);
    }
}

/// A client that asks for authorization and never registers has an id of its own, whether its target says so or not.
pub(super) fn registered_elsewhere(case: &Case, answers: &Answers, result: &mut CheckResult) {
    let sent = |word: &str| {
        answers
            .values()
            .any(|state| matches!(state, StepState::Ran(answer) if answer.counts.contains_key(word)))
    };
    let needs = case.needs.iter().any(|need| need.value == "registration");
    if result.grade == Grade::Blocked && needs && sent("authorize") && !sent("register") {
        result.grade = Grade::NotApplicable;
        "needs registration: the client has an id of its own".clone_into(&mut result.message);
    }
}

/// A statement that the chosen revision of MCP does not have is observed, under the same check.
pub(super) fn of_revision(catalog: &Catalog, protocol: &str, result: &mut CheckResult) {
    let Some(requirement) = catalog.requirements.get(&result.requirement.id) else { return };
    let says =
        requirement.revisions.is_empty() || requirement.revisions.iter().any(|revision| revision == protocol);
    if !says && matches!(result.grade, Grade::Fail | Grade::Warn) {
        result.grade = Grade::Observed;
        result.observed = Some("not-in-this-revision".to_owned());
        result.message = format!("{} (MCP {protocol} does not ask for it)", result.message);
        result.hint = None;
    }
}

/// The steps that a verdict rests on.
fn steps_of(check: &Check) -> Vec<&str> {
    let counted = check.outcomes.iter().filter_map(|row| row.count.as_ref());
    let mut words: Vec<&Word> = [Some(&check.witness), check.control.as_ref(), check.of.as_ref()]
        .into_iter()
        .flatten()
        .chain(counted)
        .collect();
    let mut expect: Option<&Expect> = check.expect.as_ref();
    while let Some(inner) = expect {
        words.extend(sets_of_expect(inner).into_iter().flat_map(|set| set.functions()).map(|(_, word)| word));
        words.extend([&inner.absent, &inner.present, &inner.grammar].into_iter().flatten());
        expect = inner.not.as_deref();
    }
    words.into_iter().map(|word| word.as_str().split('.').next().unwrap_or_default()).collect()
}
