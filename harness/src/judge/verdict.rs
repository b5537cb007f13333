//! From a check and the recorded answers to a verdict.

use scopecheck_reports::{Difference, Grade, Witness};
use scopecheck_scenarios::model::{Check, OutcomeRow};

use super::{
    Breach, MissedKind, Outcome, Reading, Unavailable, breach_grade, evaluate, expect::accepted, grade::word,
    granted,
};

/// A verdict, before it is put into the results.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The grade.
    pub grade: Grade,
    /// Why, in one sentence.
    pub message: String,
    /// Expected and actual.
    pub difference: Option<Difference>,
    /// The event that proves that the stimulus arrived.
    pub witness: Option<Witness>,
    /// The named behaviour.
    pub observed: Option<String>,
    /// The requirement of the row that matched, where it is not the check's.
    pub requirement: Option<String>,
}

impl Judged {
    /// A verdict without evidence.
    pub fn plain(grade: Grade, message: impl Into<String>) -> Self {
        Self {
            grade,
            message: message.into(),
            difference: None,
            witness: None,
            observed: None,
            requirement: None,
        }
    }

    fn missed(missed: Unavailable) -> Self {
        let grade = match missed.kind {
            MissedKind::NotApplicable => Grade::NotApplicable,
            MissedKind::Blocked => Grade::Blocked,
        };
        Self::plain(grade, missed.why)
    }
}

/// Judges a check. The witness, the control and the contrast are demanded here, so that no case can forget them.
pub fn judge(
    check: &Check,
    breach: Breach<'_>,
    reading: Reading<'_>,
    profiles: &[String],
    pin: Option<&str>,
) -> Judged {
    if let Some(control) = &check.control
        && let Err(missed) = accepted(reading, control.as_str())
    {
        return Judged::missed(missed);
    }
    let witness = match find_witness(check, reading) {
        Ok(witness) => witness,
        Err(missed) => return Judged::missed(missed),
    };
    if let Err(missed) = undecided(check, &witness, reading) {
        return Judged::missed(missed);
    }
    let mut judged = match unlimited(check, reading) {
        Err(missed) => Judged::missed(missed),
        Ok(Some(unlimited)) => Judged {
            observed: Some(unlimited.name.to_owned()),
            ..Judged::plain(Grade::Observed, unlimited.message)
        },
        Ok(None) => match &check.expect {
            Some(expect) => match evaluate(expect, reading) {
                Ok(finding) if finding.holds => Judged::plain(Grade::Pass, finding.message),
                Ok(finding) => Judged {
                    difference: finding.difference,
                    ..Judged::plain(breach_grade(breach, check.gain, check.grade), finding.message)
                },
                Err(missed) => Judged::missed(missed),
            },
            None => by_outcome(check, reading, profiles, pin),
        },
    };
    judged.witness = Some(witness);
    judged
}

fn find_witness(check: &Check, reading: Reading<'_>) -> Result<Witness, Unavailable> {
    let (step, event) =
        check.witness.as_str().rsplit_once('.').unwrap_or((check.witness.as_str(), "answered"));
    let answer = reading.answer(step)?;
    answer
        .events
        .iter()
        .rev()
        .find(|seen| seen.name == event)
        .map(|seen| Witness {
            event: event.to_owned(),
            step: step.to_owned(),
            exchange: seen.exchange,
            detail: seen.detail.clone(),
        })
        .ok_or_else(|| {
            Unavailable::blocked(format!(
                "no witness `{}`: step `{step}` ended as {}",
                check.witness,
                answer.ended()
            ))
        })
}

/// An internal error of the subject decides nothing: a set that is empty only because the server broke down proves no restraint. Checks that
/// judge the breakdown itself (outcome tables, statuses, equal treatment, the text of an error) go on.
fn undecided(check: &Check, witness: &Witness, reading: Reading<'_>) -> Result<(), Unavailable> {
    let Some(expect) = &check.expect else { return Ok(()) };
    if expect.status.is_some()
        || expect.same_outcome.is_some()
        || expect.error_text.is_some()
        || expect.not.is_some()
    {
        return Ok(());
    }
    match reading.answer(&witness.step)?.outcome {
        Outcome::ServerError | Outcome::Unreadable if witness.event != "answered" => {
            Err(Unavailable::blocked(format!(
                "step `{}` broke down (HTTP 5xx): nothing was decided",
                witness.step
            )))
        }
        _ => Ok(()),
    }
}

/// Whether the contrast was granted as well, so that nothing can be said about rights.
fn unlimited(check: &Check, reading: Reading<'_>) -> Result<Option<Unlimited>, Unavailable> {
    let Some(contrast) = &check.contrast else { return Ok(None) };
    let answer = reading.answer(contrast.as_str())?;
    if !answer.outcome.is_accepted() {
        return match answer.outcome {
            Outcome::Refused(_) | Outcome::RefusedElsewhere => Ok(None),
            _ => {
                Err(Unavailable::blocked(format!("the contrast `{contrast}` ended as `{}`", answer.outcome)))
            }
        };
    }
    let granted = granted(answer);
    if !answer.requested.as_ref().is_none_or(|asked| asked.within(&granted)) {
        return Ok(None);
    }
    let stranger = &reading.bindings.random;
    Ok(Some(if granted.contains(stranger) {
        Unlimited {
            name: "free-form",
            message: format!(
                "the server is free-form: it granted the made-up scope `{stranger}` as well, or dropped it without a word, so rights cannot be shown to grow"
            ),
        }
    } else {
        Unlimited {
            name: "no-limit",
            message: format!(
                "the contrast `{contrast}` was granted all that it asked for, so no limit can be shown to be left"
            ),
        }
    }))
}

/// The contrast was granted: nothing keeps anybody out.
struct Unlimited {
    name: &'static str,
    message: String,
}

fn by_outcome(check: &Check, reading: Reading<'_>, profiles: &[String], pin: Option<&str>) -> Judged {
    if let Some(what) = check.outcomes.iter().find_map(|row| row.count.as_ref()) {
        return by_count(check, what.as_str(), reading, profiles, pin);
    }
    let Some(of) = &check.of else {
        return Judged::plain(
            Grade::Error,
            "the check has neither `expect` nor `of`; `scopecheck case lint` says where",
        );
    };
    let answer = match reading.answer(of.as_str()) {
        Ok(answer) => answer,
        Err(missed) => return Judged::missed(missed),
    };
    let row = check.outcomes.iter().find(|row| matches(row, &answer.outcome));
    let Some(row) = row else {
        return Judged::plain(
            Grade::Error,
            format!("no row of the outcome table matches `{}`", answer.outcome),
        );
    };
    let spec = row.r#else.as_ref().or(row.grade.as_ref());
    let grade = spec.map_or(Grade::Error, |spec| word(spec.under(profiles)));
    let name = row.name.clone().unwrap_or_else(|| answer.outcome.to_string());
    let message = format!("`{of}` ended as `{}`", answer.outcome);
    let difference = (grade == Grade::Fail || grade == Grade::Warn)
        .then(|| accepted_outcomes(check, profiles, &answer.outcome));
    let requirement = row.requirement.as_ref().map(|id| id.value.clone());
    let judged = Judged {
        observed: (grade == Grade::Observed || row.name.is_some()).then(|| name.clone()),
        difference,
        requirement,
        ..Judged::plain(grade, message)
    };
    held_to(pin, judged, name, &answer.outcome.to_string())
}

/// A verdict where the configuration pins a behaviour: the one with this name is meant, or what it stands for.
fn held_to(pin: Option<&str>, judged: Judged, name: String, stands_for: &str) -> Judged {
    let Judged { message, requirement, .. } = &judged;
    match pin {
        Some(pinned) if pinned != name && pinned != stands_for => Judged {
            observed: Some(name.clone()),
            difference: Some(Difference {
                expected: pinned.to_owned(),
                actual: name,
                missing: Vec::new(),
                extra: Vec::new(),
            }),
            requirement: requirement.clone(),
            ..Judged::plain(Grade::Fail, format!("{message}, but the configuration pins another behaviour"))
        },
        Some(_) if judged.grade == Grade::Observed => Judged {
            observed: Some(name),
            requirement: requirement.clone(),
            ..Judged::plain(Grade::Pass, format!("{message}, as pinned"))
        },
        _ => judged,
    }
}

fn matches(row: &OutcomeRow, outcome: &Outcome) -> bool {
    row.r#else.is_some()
        || row.is.as_ref().is_some_and(|patterns| patterns.0.iter().any(|p| outcome.matches(p.as_str())))
}

/// How many requests of a kind a client's run sent, graded by the first row that admits so many.
fn by_count(
    check: &Check,
    what: &str,
    reading: Reading<'_>,
    profiles: &[String],
    pin: Option<&str>,
) -> Judged {
    let (step, request) = what.split_once('.').unwrap_or((what, ""));
    let count = match reading.answer(step) {
        Ok(answer) => answer.counts.get(request).copied().unwrap_or_else(|| {
            let events = answer.events.iter().filter(|event| event.name == request);
            u64::try_from(events.count()).unwrap_or(u64::MAX)
        }),
        Err(missed) => return Judged::missed(missed),
    };
    let admits = |row: &&OutcomeRow| row.r#else.is_some() || row.at_most.is_some_and(|most| count <= most);
    let Some(row) = check.outcomes.iter().find(admits) else {
        return Judged::plain(Grade::Error, format!("no row of the table admits {count} of `{what}`"));
    };
    let grade =
        row.r#else.as_ref().or(row.grade.as_ref()).map_or(Grade::Error, |spec| word(spec.under(profiles)));
    let most = check
        .outcomes
        .iter()
        .filter(|row| {
            row.grade
                .as_ref()
                .is_some_and(|spec| matches!(word(spec.under(profiles)), Grade::Pass | Grade::Observed))
        })
        .filter_map(|row| row.at_most)
        .max();
    let difference = matches!(grade, Grade::Fail | Grade::Warn).then(|| Difference {
        expected: most.map_or_else(|| "fewer".to_owned(), |most| format!("at most {most}")),
        actual: count.to_string(),
        missing: Vec::new(),
        extra: Vec::new(),
    });
    let name = row.name.clone().unwrap_or_else(|| count.to_string());
    let judged = Judged {
        observed: (grade == Grade::Observed || row.name.is_some()).then(|| name.clone()),
        difference,
        requirement: row.requirement.as_ref().map(|id| id.value.clone()),
        ..Judged::plain(grade, format!("`{step}` sent {}", requests(count, request)))
    };
    held_to(pin, judged, name, &count.to_string())
}

/// So many requests of a kind, in words.
fn requests(count: u64, kind: &str) -> String {
    let (one, many) = match kind {
        "authorize" => ("authorization request", "authorization requests"),
        "token" => ("token request", "token requests"),
        "register" => ("registration", "registrations"),
        "resource" => ("call", "calls"),
        "overlapping_login" => (
            "authorization request while another login was under way",
            "authorization requests while another login was under way",
        ),
        _ => ("request", "requests"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What the table accepts, for the reader of a breach.
fn accepted_outcomes(check: &Check, profiles: &[String], actual: &Outcome) -> Difference {
    let good: Vec<&str> = check
        .outcomes
        .iter()
        .filter(|row| {
            row.grade
                .as_ref()
                .is_some_and(|grade| matches!(word(grade.under(profiles)), Grade::Pass | Grade::Observed))
        })
        .filter_map(|row| row.is.as_ref())
        .flat_map(|patterns| patterns.0.iter().map(|word| word.as_str()))
        .collect();
    Difference {
        expected: good.join(" | "),
        actual: actual.to_string(),
        missing: Vec::new(),
        extra: Vec::new(),
    }
}
