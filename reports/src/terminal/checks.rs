//! One check: in full where it decides something, in brief where it is only worth knowing.

use super::TerminalOptions;
use super::page::{Ink, Page};
use crate::{CheckResult, Difference, Expectation, Grade, RequirementRef, Witness};

/// Whether a check is shown with everything that is known about it.
pub(super) fn in_full(check: &CheckResult, options: &TerminalOptions) -> bool {
    match check.expectation {
        Expectation::Unexpected | Expectation::Changed { .. } | Expectation::Expired { .. } => return true,
        Expectation::Expected { .. } => return options.verbose,
        Expectation::None | Expectation::Stale { .. } | Expectation::NoSignal { .. } => {}
    }
    match check.grade {
        Grade::Fail | Grade::Error => true,
        Grade::Warn | Grade::Observed | Grade::Blocked => options.verbose,
        Grade::Pass | Grade::NotApplicable => false,
    }
}

/// Whether a check that is not shown in full is shown at all.
pub(super) fn in_brief(check: &CheckResult, options: &TerminalOptions) -> bool {
    if options.verbose || matches!(check.expectation, Expectation::Stale { .. }) {
        return true;
    }
    match check.grade {
        Grade::Pass | Grade::NotApplicable => false,
        Grade::Warn | Grade::Observed | Grade::Fail | Grade::Error => !options.quiet,
        Grade::Blocked => true,
    }
}

/// Requirement, finding, difference, witness, and the request to send again.
pub(super) fn write_in_full(page: &mut Page<'_>, check: &CheckResult, indent: usize) {
    page.gap();
    page.field(indent, Ink::Of(check.grade), check.grade.word(), &format!("#{}", check.slug));
    page.field(indent, Ink::Faint, "requires", &check.requirement.summary);
    page.continued(indent, Ink::Faint, &citation(&check.requirement));
    if let Some(url) = &check.requirement.url {
        page.continued(indent, Ink::Faint, url);
    }
    page.field(indent, Ink::Faint, "found", &check.message);
    if let Some(difference) = &check.difference {
        page.field(indent, Ink::Faint, "expected", &difference.expected);
        page.field(indent, Ink::Faint, "actual", &difference.actual);
        if let Some(text) = differs(difference) {
            page.field(indent, Ink::Faint, "differs", &text);
        }
    }
    if let Some(observed) = &check.observed {
        page.field(indent, Ink::Faint, "observed", observed);
    }
    if let Some(hint) = &check.hint {
        page.field(indent, Ink::Faint, "to mend", hint);
    }
    if let Some(witness) = &check.witness {
        page.field(indent, Ink::Faint, "witness", &witnessed(witness));
    }
    if let Some(text) = expectation(&check.expectation) {
        page.field(indent, Ink::Faint, "listed", &text);
    }
    if let Some(curl) = &check.curl {
        page.verbatim(indent, "curl", curl);
    }
}

/// The finding in a line or two.
pub(super) fn write_in_brief(page: &mut Page<'_>, check: &CheckResult, indent: usize) {
    let text = match &check.observed {
        Some(observed) => format!("#{}: {observed}. {}", check.slug, check.message),
        None => format!("#{}: {}", check.slug, check.message),
    };
    page.field(indent, Ink::Of(check.grade), check.grade.word(), &text);
    if check.grade == Grade::Warn {
        page.continued(indent, Ink::Faint, &citation(&check.requirement));
    }
    if let Some(witness) = check.witness.as_ref().filter(|_| page.options.verbose) {
        page.continued(indent, Ink::Faint, &format!("witness {}", witnessed(witness)));
    }
    if let Some(text) = expectation(&check.expectation) {
        page.continued(indent, Ink::Faint, &text);
    }
}

/// Where the requirement stands.
fn citation(requirement: &RequirementRef) -> String {
    let RequirementRef { id, source, section, level, .. } = requirement;
    let place = match section.chars().next() {
        None => String::new(),
        Some(c) if !c.is_ascii_digit() => format!(", {section}"),
        Some(_) if section.contains(';') => format!(", sections {section}"),
        Some(_) => format!(", section {section}"),
    };
    format!("{source}{place}, {level} ({id})")
}

/// The elements that differ, `None` where the difference is not one of sets.
fn differs(difference: &Difference) -> Option<String> {
    let parts: Vec<_> = [("missing", &difference.missing), ("extra", &difference.extra)]
        .into_iter()
        .filter(|(_, elements)| !elements.is_empty())
        .map(|(word, elements)| {
            let elements: Vec<_> = elements.iter().map(|element| quoted(element)).collect();
            format!("{word}: {}", elements.join(" "))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// An element that would be misread among others is put in quotes.
fn quoted(element: &str) -> String {
    if element.is_empty() || element.contains(' ') { format!("\"{element}\"") } else { element.to_owned() }
}

fn witnessed(witness: &Witness) -> String {
    let exchange = witness.exchange.map(|index| format!(" in exchange {index}")).unwrap_or_default();
    format!("{}.{}{exchange}: {}", witness.step, witness.event, witness.detail)
}

/// What `expected.toml` says, in words; `None` where it says nothing.
fn expectation(expectation: &Expectation) -> Option<String> {
    match expectation {
        Expectation::None | Expectation::Unexpected => None,
        Expectation::Expected { reason, issue: None } => Some(format!("expected: {reason}")),
        Expectation::Expected { reason, issue: Some(issue) } => Some(format!("expected: {reason} ({issue})")),
        Expectation::Stale { reason } => Some(format!("stale: it passes now, so remove the entry: {reason}")),
        Expectation::Changed { reason, from } => {
            Some(format!("changed: the entry says {from}, and this is something else: {reason}"))
        }
        Expectation::Expired { reason, expires } => {
            Some(format!("expired on {expires}, so the entry no longer excuses: {reason}"))
        }
        Expectation::NoSignal { reason } => Some(format!("no signal, so the entry is kept: {reason}")),
    }
}
