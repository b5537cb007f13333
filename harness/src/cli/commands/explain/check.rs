//! A check: what it demands, on what evidence, how it is graded and what turns it red.

use scopecheck_scenarios::{
    catalog::{Catalog, LoadedCase},
    model::{Basis, Check, Requirement, Subject, Word},
};

use scopecheck_scenarios::link::link;

use super::{case as case_page, expectation, outcomes, proof, text};
use crate::{
    cli::Sheet,
    judge::{Breach, breach_grade},
};

/// Explains a check by itself, with the steps that it stands on.
pub(super) fn explain(sheet: &mut Sheet, catalog: &Catalog, loaded: &LoadedCase, check: &Check) {
    let LoadedCase { case, source, .. } = loaded;
    sheet.heading(0, &format!("{}#{}", case.id, check.id));
    sheet.prose(0, &case.title);
    sheet.gap();
    body(sheet, 0, catalog, loaded, check);
    case_page::stimulus(sheet, case);
    sheet.gap();
    sheet.field(0, "file", &source.path);
    sheet.field(0, "case", &format!("scopecheck explain {}", case.id));
}

/// The fields of a check.
pub(super) fn body(sheet: &mut Sheet, indent: usize, catalog: &Catalog, loaded: &LoadedCase, check: &Check) {
    requires(sheet, indent, catalog, loaded, check);
    if let Some(expect) = &check.expect {
        sheet.field(indent, "holds if", &expectation::describe(expect));
    }
    if let Some(of) = &check.of {
        sheet.field(indent, "judges", &format!("the outcome of `{of}`"));
    }
    let grades = outcomes::describe(&check.outcomes);
    sheet.list(indent, "grades", grades.iter().map(|(grade, what)| format!("{grade:<9}{what}")));
    if let Some(expect_grade) = breach(catalog, check) {
        sheet.field(indent, "a breach", &expect_grade);
    }
    sheet.field(indent, "evidence", &evidence(check));
    if !check.rows.is_empty() {
        sheet.field(indent, "rows", &format!("only {}", text::quoted(check.rows.iter().map(Word::as_str))));
    }
    sheet.list(indent, "needs", check.needs.iter().map(|need| case_page::meaning(need.as_str())));
    if check.counter {
        sheet.field(indent, "counter", "has to turn red in the counter-case, where the feature is off");
    }
    // A fault names what it breaks, not the checks that see it: those the self-test finds out.
    sheet.list(indent, "faults", proof::judged_by(check).flat_map(proof::faults_of));
    sheet.list(indent, "scripts", proof::scripts_of(loaded, check));
    if let Some(hint) = &check.hint {
        sheet.field(indent, "hint", hint);
    }
}

fn requires(sheet: &mut Sheet, indent: usize, catalog: &Catalog, loaded: &LoadedCase, check: &Check) {
    for id in proof::judged_by(check) {
        if let Some(requirement) = catalog.requirements.get(id) {
            let Requirement { source, section, level, .. } = requirement;
            sheet.field(indent, "requires", &requirement.summary);
            sheet.field(indent, "", &format!("{source}, section {section}, {} ({id})", level.as_str()));
            sheet.list(indent, "", link(source, section));
        } else if let Some(contract) = catalog.contracts.get(id) {
            sheet.field(indent, "requires", &contract.summary);
            // A vector or a law holds for every library that offers its operations.
            let asked = if loaded.case.subject == Subject::Library {
                format!("contract {id}")
            } else {
                format!("contract {id}, asked under the profile {} only", contract.profile)
            };
            sheet.field(indent, "", &asked);
        }
    }
}

/// How hard a breach of `expect` is graded, and why not harder.
fn breach(catalog: &Catalog, check: &Check) -> Option<String> {
    check.expect.as_ref()?;
    let requirement = check.requirement.as_ref().and_then(|id| catalog.requirements.get(id.as_str()));
    let breach = requirement.map_or(Breach::Contract, Breach::Requirement);
    let grade = breach_grade(breach, check.gain, check.grade);
    let hardest = breach_grade(breach, check.gain, None);
    let why = match requirement {
        _ if grade != hardest => format!("the case asks for less than `{hardest}`"),
        _ if check.gain => "rights grow".to_owned(),
        None => "a contract".to_owned(),
        Some(requirement) => format!("{}, {}", requirement.level.as_str(), firmness(requirement.basis)),
    };
    Some(format!("is `{grade}`: {why}"))
}

/// How firmly a text stands behind a requirement.
pub(super) fn firmness(basis: Basis) -> &'static str {
    match basis {
        Basis::Explicit => "in so many words",
        Basis::Plain => "stated without a keyword",
        Basis::Derived => "our own inference",
        Basis::Convention => "vendor practice, no standard",
    }
}

fn evidence(check: &Check) -> String {
    let event = format!("the event `{}`", check.witness);
    let control = check.control.iter().map(|step| format!("the control `{step}` has to be accepted"));
    let contrast = check
        .contrast
        .iter()
        .map(|step| format!("the contrast `{step}` has to be kept out, else rights cannot be shown to grow"));
    [event].into_iter().chain(control).chain(contrast).collect::<Vec<_>>().join("; ")
}
