//! The document.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::verdict::{Verdict, verdict};
use crate::areas::areas;
use crate::escape::{block, line};
use crate::{CaseResult, Grade, Header, Results, terminal};

/// Why no JUnit XML could be written.
#[derive(Debug, thiserror::Error)]
#[error("the results could not be written as JUnit XML ({0}); this is a bug in scopecheck, please report it")]
pub struct JunitError(#[from] quick_junit::SerializeError);

/// Renders results as JUnit XML.
pub fn render(results: &Results) -> Result<String, JunitError> {
    let mut report = Report::new("scopecheck");
    if let Some(footer) = &results.footer {
        report.set_time(Duration::from_millis(footer.duration_ms));
    }
    for (title, cases) in areas(results) {
        report.add_test_suite(suite(&title, &results.header, &cases));
    }
    report.add_test_suites(unmatched(results));
    let green = report.failures == 0 && report.errors == 0;
    report.add_test_suites(unaccounted(results, green));

    // The schema of Jenkins has no `skipped` on the root, and its xUnit plugin refuses the whole file for it. The first
    // occurrence is the root's, because nothing but its constant name stands before.
    Ok(report.to_string()?.replacen(&format!(" skipped=\"{}\"", report.skipped), "", 1))
}

fn suite(name: &str, header: &Header, cases: &[&CaseResult]) -> TestSuite {
    let mut suite = TestSuite::new(line(name));
    suite.set_time(Duration::from_millis(cases.iter().map(|case| case.duration_ms).sum()));
    // As text: the crate would want the time parsed, only to print it again.
    if let Some(started) = cases.iter().map(|case| case.started.as_str()).min() {
        suite.extra.insert("timestamp".into(), line(started).into());
    }
    for (name, value) in properties(header) {
        suite.add_property((name, line(&value).as_ref()));
    }
    suite.add_test_cases(cases.iter().map(|case| test_case(case)));
    suite
}

fn properties(header: &Header) -> Vec<(&'static str, String)> {
    vec![
        ("suite-version", header.suite_version.clone()),
        ("requirements", header.requirements.clone()),
        ("target", format!("{}/{}", header.target.name, header.target.table)),
        ("address", header.target.address.clone()),
        ("profiles", header.profiles.join(" ")),
        ("flags", header.flags.join(" ")),
        ("seed", header.seed.to_string()),
        ("config-hash", header.config_hash.clone()),
    ]
}

fn test_case(case: &CaseResult) -> TestCase {
    let details = terminal::details(case);
    let verdict = verdict(case);
    let mut status = match verdict {
        Verdict::Success => TestCaseStatus::success(),
        Verdict::Failure(kind, ref message) => red(NonSuccessKind::Failure, kind, message),
        Verdict::Error(kind, ref message) => red(NonSuccessKind::Error, kind, message),
        Verdict::Skipped(ref message) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(line(message));
            status
        }
    };
    if verdict != Verdict::Success {
        status.set_description(block(&details));
    }
    let noteworthy = verdict == Verdict::Success && case.grade != Grade::Pass;
    let mut test_case = TestCase::new(line(&case.id), status);
    test_case.set_classname(line(&case.subject)).set_time(Duration::from_millis(case.duration_ms));
    if noteworthy {
        test_case.set_system_out(block(&details));
    }
    test_case
}

/// Entries of `expected.toml` that match nothing.
fn unmatched(results: &Results) -> Option<TestSuite> {
    let entries = &results.footer.as_ref()?.unmatched;
    if entries.is_empty() {
        return None;
    }
    let mut suite = TestSuite::new("expected.toml");
    suite.add_test_cases(entries.iter().map(|entry| {
        let message = "the entry matches no case in the catalogue; correct it or remove it";
        let mut test_case = TestCase::new(line(entry), red(NonSuccessKind::Failure, "unmatched", message));
        test_case.set_classname(line(&results.header.target.kind));
        test_case
    }));
    Some(suite)
}

/// What makes the run as a whole red where no case says so.
fn unaccounted(results: &Results, green: bool) -> Option<TestSuite> {
    let (kind, message) = match &results.footer {
        None => {
            ("incomplete", "the run was cut short before its footer was written; run it again".to_owned())
        }
        Some(footer) if footer.interrupted => ("interrupted", footer.exit_reason.clone()),
        Some(footer) if green && footer.exit_code != 0 => {
            ("exit-code", format!("exit {}: {}", footer.exit_code, footer.exit_reason))
        }
        Some(_) => return None,
    };
    let mut test_case = TestCase::new("the run as a whole", red(NonSuccessKind::Error, kind, &message));
    test_case.set_classname(line(&results.header.target.kind));
    let mut suite = TestSuite::new("run");
    suite.add_test_case(test_case);
    Some(suite)
}

fn red(kind: NonSuccessKind, word: &str, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(word).set_message(line(message));
    status
}
