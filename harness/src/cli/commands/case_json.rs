//! A case as `list --format json` gives it.

use scopecheck_scenarios::{
    catalog::{Catalog, LoadedCase},
    model::{Check, Word},
    words::{implied_needs, placeholders_of},
};
use serde::Serialize;

use crate::plan::{RowChoice, expand};

/// Everything that is known about a case before it runs. Members are only ever added.
#[derive(Debug, Serialize)]
pub(super) struct CaseJson<'a> {
    id: &'a str,
    title: &'a str,
    subject: &'a str,
    area: &'a str,
    impact: &'a str,
    why: Option<&'a str>,
    needs: Vec<&'a str>,
    profiles: Vec<&'a str>,
    tags: Vec<&'a str>,
    origin: &'a [String],
    counter: Option<&'a str>,
    instances: Vec<String>,
    checks: Vec<CheckJson<'a>>,
    scripts: Vec<&'a str>,
    file: &'a str,
}

/// A check of a case.
#[derive(Debug, Serialize)]
struct CheckJson<'a> {
    id: String,
    slug: &'a str,
    requirement: Option<&'a str>,
    contract: Option<&'a str>,
    source: Option<&'a str>,
    section: Option<&'a str>,
    level: Option<&'a str>,
    witness: &'a str,
    control: Option<&'a str>,
    contrast: Option<&'a str>,
    gain: bool,
    needs: Vec<&'a str>,
    rows: Vec<&'a str>,
}

/// Describes a case.
pub(super) fn describe<'a>(loaded: &'a LoadedCase, catalog: &'a Catalog) -> CaseJson<'a> {
    let case = &loaded.case;
    let mut needs: Vec<&str> = case.needs.iter().map(Word::as_str).collect();
    // A row that needs more is left out alone, so only what every instance needs belongs to the case.
    for need in implied_needs(&placeholders_of(case)).into_iter().filter(|_| case.rows.is_empty()) {
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
    CaseJson {
        id: case.id.as_str(),
        title: &case.title,
        subject: case.subject.as_str(),
        area: case.area(),
        impact: case.impact.as_str(),
        why: case.why.as_deref(),
        needs,
        profiles: case.profiles.iter().map(Word::as_str).collect(),
        tags: case.tags.iter().map(Word::as_str).collect(),
        origin: &case.origin,
        counter: case.counter.as_ref().map(Word::as_str),
        instances: expand(loaded, &RowChoice::default()).into_iter().map(|instance| instance.id).collect(),
        checks: case.checks.iter().map(|check| describe_check(case.id.as_str(), check, catalog)).collect(),
        scripts: loaded.scripts.iter().map(|script| script.id.as_str()).collect(),
        file: &loaded.source.path,
    }
}

fn describe_check<'a>(case: &str, check: &'a Check, catalog: &'a Catalog) -> CheckJson<'a> {
    let requirement = check.requirement.as_ref().map(Word::as_str);
    let known = requirement.and_then(|id| catalog.requirements.get(id));
    CheckJson {
        id: format!("{case}#{}", check.id),
        slug: check.id.as_str(),
        requirement,
        contract: check.contract.as_ref().map(Word::as_str),
        source: known.map(|requirement| requirement.source.as_str()),
        section: known.map(|requirement| requirement.section.as_str()),
        level: known.map(|requirement| requirement.level.as_str()),
        witness: check.witness.as_str(),
        control: check.control.as_ref().map(Word::as_str),
        contrast: check.contrast.as_ref().map(Word::as_str),
        gain: check.gain,
        needs: check.needs.iter().map(Word::as_str).collect(),
        rows: check.rows.iter().map(Word::as_str).collect(),
    }
}
