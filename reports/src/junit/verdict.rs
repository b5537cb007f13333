//! Which of the four states of JUnit a case is in. JUnit has one state per case, so the gravest check speaks.

use crate::{CaseResult, CheckResult, Expectation, Grade};

/// The state of a test case.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Success,
    /// `type` and `message`.
    Failure(&'static str, String),
    /// `type` and `message`.
    Error(&'static str, String),
    /// `message`.
    Skipped(String),
}

/// The state of `case`.
pub(super) fn verdict(case: &CaseResult) -> Verdict {
    if let Some((kind, check)) = gravest(case, failure) {
        return Verdict::Failure(kind, check.message.clone());
    }
    if let Some((kind, check)) = gravest(case, error) {
        return Verdict::Error(kind, check.message.clone());
    }
    if let Some(reason) = case.checks.iter().find_map(excuse) {
        return Verdict::Skipped(format!("expected: {reason}"));
    }
    let reason = || case.reason.clone().unwrap_or_else(|| "no reason was recorded".to_owned());
    match case.grade {
        Grade::NotApplicable => Verdict::Skipped(format!("n/a: {}", reason())),
        Grade::Fail => Verdict::Failure("must", reason()),
        Grade::Blocked => Verdict::Error("blocked", reason()),
        Grade::Error => Verdict::Error("error", reason()),
        Grade::Pass | Grade::Observed | Grade::Warn => Verdict::Success,
    }
}

fn gravest(
    case: &CaseResult,
    kind: fn(&CheckResult) -> Option<&'static str>,
) -> Option<(&'static str, &CheckResult)> {
    let mut gravest: Option<(&'static str, &CheckResult)> = None;
    for check in &case.checks {
        let Some(kind) = kind(check) else { continue };
        if gravest.is_none_or(|(_, other)| check.grade.severity_rank() > other.grade.severity_rank()) {
            gravest = Some((kind, check));
        }
    }
    gravest
}

fn failure(check: &CheckResult) -> Option<&'static str> {
    match (&check.expectation, check.grade) {
        (Expectation::Stale { .. }, _) => Some("stale"),
        (Expectation::Changed { .. }, _) => Some("changed"),
        (Expectation::Expired { .. }, _) => Some("expired"),
        (Expectation::Expected { .. }, _) => None,
        (_, Grade::Fail) => Some("must"),
        (Expectation::Unexpected, Grade::Warn) => Some("should"),
        _ => None,
    }
}

fn error(check: &CheckResult) -> Option<&'static str> {
    match (&check.expectation, check.grade) {
        (Expectation::Expected { .. }, _) => None,
        (_, Grade::Blocked) => Some("blocked"),
        (_, Grade::Error) => Some("error"),
        _ => None,
    }
}

fn excuse(check: &CheckResult) -> Option<&str> {
    match &check.expectation {
        Expectation::Expected { reason, .. } => Some(reason),
        _ => None,
    }
}
