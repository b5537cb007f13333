//! From a verdict on a vector or a law to a result.

use std::fmt::Write as _;

use scopecheck_reports::{CaseResult, CheckResult, Difference, Expectation, Grade, StepNote, Witness};
use scopecheck_scenarios::{
    catalog::Catalog,
    laws::{Law, Reply},
    model::Check,
};

use super::{
    Semantics,
    law::{Counterexample, Found, Kept},
    show::{brief, listed, shown},
};
use crate::{
    engine::{cut, of_contract, of_requirement},
    judge::Judged,
    plan::Instance,
};

/// The note on one call: what went in and what came out.
pub(super) fn note(id: String, op: &str, input: &str, reply: &Reply) -> StepNote {
    let event = match reply {
        Reply::Ok(_) | Reply::Rejected { .. } => Some("answered".to_owned()),
        Reply::Unsupported { .. } | Reply::Crashed { .. } | Reply::Garbled { .. } | Reply::Silent { .. } => {
            None
        }
    };
    StepNote {
        id,
        verb: op.to_owned(),
        outcome: Some(format!("{} -> {}", brief(input), shown(reply))),
        events: event.into_iter().collect(),
    }
}

/// The notes on the calls that show a breach of a law.
pub(super) fn notes(example: &Counterexample) -> Vec<StepNote> {
    let numbered = example.calls.iter().enumerate();
    numbered
        .map(|(number, (call, reply))| {
            note(format!("call-{}", number + 1), call.op, &call.input.to_string(), reply)
        })
        .collect()
}

/// The verdict on a law. `wanted` is how many inputs should have been tried.
pub(super) fn of_law(law: &Law, found: &Found, wanted: u32, semantics: &Semantics) -> Judged {
    match found {
        Found::Unsupported(reason) => {
            Judged::plain(Grade::NotApplicable, format!("the library does not do this: {reason}"))
        }
        Found::Silent { detail, input, tried } => Judged::plain(
            Grade::Blocked,
            format!("no answer at input {tried}, {}: {detail}", brief(&input.to_string())),
        ),
        Found::SilentAgain { detail, input, name } => Judged::plain(
            Grade::Blocked,
            format!("no answer to the stored finding {name}, {}: {detail}", brief(&input.to_string())),
        ),
        Found::Ungenerated(reason) => {
            Judged::plain(Grade::Error, format!("no input could be generated for the law: {reason}"))
        }
        Found::Held { tried, .. } if *tried < wanted => Judged::plain(
            Grade::Blocked,
            format!("the time ran out: only {tried} of {wanted} inputs were tried, and the law held"),
        ),
        Found::Held { tried, answered: 0, .. } => Judged::plain(
            Grade::Blocked,
            format!("every one of {tried} inputs was refused: nothing is shown about the law"),
        ),
        Found::Held { tried, unsupported, .. } if (tried - unsupported) * 8 < *tried => Judged::plain(
            Grade::Blocked,
            format!(
                "the library takes {} of {tried} inputs only: too few to say that the law holds",
                tried - unsupported
            ),
        ),
        Found::Held { tried, answered, unsupported } => Judged {
            witness: Some(Witness {
                event: "answered".to_owned(),
                step: "law".to_owned(),
                exchange: None,
                detail: format!("{answered} of {tried} inputs were answered"),
            }),
            ..Judged::plain(Grade::Pass, held(*tried, *unsupported))
        },
        Found::Broken(example) => broken(law, example, semantics),
    }
}

fn held(tried: u32, unsupported: u32) -> String {
    let put = tried - unsupported;
    match unsupported {
        0 => format!("held for {put} inputs"),
        _ => format!("held for {put} inputs; {unsupported} more are not supported"),
    }
}

fn broken(law: &Law, example: &Counterexample, semantics: &Semantics) -> Judged {
    let Counterexample { input, broken, fickle, .. } = example;
    let fell = |reply: &Reply| matches!(reply, Reply::Crashed { .. } | Reply::Garbled { .. });
    let crashed = example.calls.iter().any(|(_, reply)| fell(reply));
    let but = if *fickle { "; asked once more, the library kept the law: its answers change" } else { "" };
    let mut message = format!("broken by the input {} ({}{but})", brief(&input.to_string()), origin(example));
    // What a law asks may be made of its input, and be told from the input by nobody.
    if let Some((call, _)) = example.calls.last().filter(|(call, _)| call.input != *input) {
        let _ = write!(message, "; it asks `{}` of {}", call.op, brief(&call.input.to_string()));
    }
    Judged {
        difference: Some(Difference {
            expected: broken.expected.clone(),
            actual: broken.got.clone(),
            missing: Vec::new(),
            extra: Vec::new(),
        }),
        witness: Some(Witness {
            event: "answered".to_owned(),
            step: "law".to_owned(),
            exchange: None,
            detail: format!("calls made for it: {}", example.calls.len()),
        }),
        ..Judged::plain(if crashed || promised(law, semantics) { Grade::Fail } else { Grade::Warn }, message)
    }
}

/// Where a counterexample comes from, and what its finding is called.
fn origin(example: &Counterexample) -> String {
    let tried = example.tried;
    match &example.kept {
        None => format!("found at input {tried}"),
        Some(Kept::New(name)) => format!("found at input {tried}, stored as {name}"),
        Some(Kept::Before { name, more: 0 }) => format!("stored finding {name} still fails"),
        Some(Kept::Before { name, more }) => format!("stored finding {name} still fails, and {more} more"),
    }
}

/// The same verdict, saying which stored findings are fixed.
pub(super) fn with_fixed(mut judged: Judged, fixed: &[String]) -> Judged {
    let told = match fixed {
        [] => return judged,
        [one] => format!("; stored finding {one} no longer fails"),
        many => format!("; stored findings {} no longer fail", listed(many).join(", ")),
    };
    judged.message.push_str(&told);
    judged
}

/// What nobody has promised costs a warning: order and duplicates, where the library has declared nothing about them.
fn promised(law: &Law, semantics: &Semantics) -> bool {
    law.under.iter().all(|(point, value)| {
        !matches!(*point, "order" | "duplicates") || semantics.declared(point) == Some(*value)
    })
}

/// Puts a verdict into the result of a check.
pub(super) fn checked(
    catalog: &Catalog,
    instance: &Instance<'_>,
    check: &Check,
    judged: Judged,
) -> CheckResult {
    let requirement = check.requirement.as_ref().and_then(|id| catalog.requirements.get(id.as_str()));
    let contract = check.contract.as_ref().and_then(|id| catalog.contracts.get(id.as_str()));
    let cited = requirement.map(of_requirement).or_else(|| contract.map(of_contract));
    let red = matches!(judged.grade, Grade::Fail | Grade::Warn);
    CheckResult {
        id: format!("{}#{}", instance.id, check.id),
        slug: check.id.value.clone(),
        requirement: cited.unwrap_or_else(crate::engine::unknown),
        grade: judged.grade,
        message: cut(judged.message),
        hint: check.hint.clone().filter(|_| red),
        difference: judged.difference.map(|difference| Difference {
            expected: cut(difference.expected),
            actual: cut(difference.actual),
            missing: difference.missing,
            extra: difference.extra,
        }),
        witness: judged.witness,
        observed: judged.observed,
        evidence: Vec::new(),
        curl: None,
        expectation: Expectation::None,
        responsible: "library".to_owned(),
    }
}

/// Puts the checks into the result of a case.
pub(super) fn settle(result: &mut CaseResult, checks: Vec<CheckResult>, steps: Vec<StepNote>) {
    result.grade = Grade::worst(checks.iter().map(|check| check.grade)).unwrap_or(Grade::NotApplicable);
    let why = matches!(result.grade, Grade::NotApplicable | Grade::Blocked | Grade::Error);
    let worst = checks.iter().find(|check| check.grade == result.grade);
    result.reason = worst.filter(|_| why).map(|check| check.message.clone());
    result.checks = checks;
    result.steps = steps;
}
