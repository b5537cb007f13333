//! A requirement: what is demanded, of whom, and how it is covered.

use scopecheck_scenarios::{
    catalog::Catalog,
    link::link,
    model::{Requirement, Role, Severity, Standing, Testable},
};

use super::{check::firmness, proof};
use crate::cli::Sheet;

/// Explains a requirement.
pub(super) fn explain(sheet: &mut Sheet, catalog: &Catalog, requirement: &Requirement) {
    let Requirement { id, source, section, level, .. } = requirement;
    sheet.heading(0, id.as_str());
    sheet.prose(0, &requirement.summary);
    sheet.gap();
    sheet.field(0, "source", &format!("{source}, section {section}"));
    sheet.list(0, "", link(source, section));
    sheet.field(0, "level", &format!("{}, {}", level.as_str(), firmness(requirement.basis)));
    sheet.field(0, "binds", &bound(requirement));
    sheet.field(0, "endangers", endangered(requirement.severity));
    sheet.field(0, "test", &requirement.how);
    sheet.field(0, "", fixtures(requirement.testable));
    if !requirement.revisions.is_empty() {
        sheet.field(0, "revisions", &requirement.revisions.join(", "));
    }
    sheet.list(0, "also in", &requirement.also);
    if !requirement.contested.is_empty() {
        let keys = requirement.contested.join(", ");
        sheet.field(
            0,
            "contested",
            &format!("{keys}: readings differ, so it is graded no harder than they allow"),
        );
    }
    covered(sheet, catalog, requirement);
}

fn covered(sheet: &mut Sheet, catalog: &Catalog, requirement: &Requirement) {
    sheet.gap();
    let checks = proof::checks_of(catalog, requirement.id.as_str());
    if checks.is_empty() {
        let standing = match requirement.standing {
            Standing::Checked => "none, although one is announced",
            Standing::Planned => "none yet",
            Standing::Excluded => "none",
        };
        let reason = requirement.reason.as_ref().map_or(String::new(), |reason| format!(": {reason}"));
        sheet.field(0, "checks", &format!("{standing}{reason}"));
    }
    sheet.list(0, "checks", checks);
    sheet.list(0, "faults", proof::faults_of(requirement.id.as_str()));
}

fn bound(requirement: &Requirement) -> String {
    let role = |role| match role {
        Role::AuthorizationServer => "authorization servers",
        Role::Client => "clients",
        Role::ResourceServer => "resource servers",
        Role::Library => "libraries",
    };
    let bound = role(requirement.role);
    match requirement.tested_on {
        Some(tested) => format!("{bound}; judged on {}", role(tested)),
        None => bound.to_owned(),
    }
}

fn endangered(severity: Severity) -> &'static str {
    match severity {
        Severity::Security => "security",
        Severity::Interop => "interoperability",
        Severity::Quality => "quality",
    }
}

fn fixtures(testable: Testable) -> &'static str {
    match testable {
        Testable::BlackBox => "An issuer, one client and two scopes are enough.",
        Testable::NeedsConfig => "The target's table has to say more than an issuer tells.",
        Testable::NeedsHuman => "Somebody has to look at a page.",
        Testable::Not => "It cannot be tested from outside.",
    }
}
