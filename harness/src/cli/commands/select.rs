//! Which cases a filter selects.

use scopecheck_scenarios::{
    catalog::{Catalog, LoadedCase},
    model::{Subject, Word},
    nearest::{did_you_mean, nearest},
};

use crate::{
    cli::CliError,
    filter::{Facts, Filter, RequirementFacts},
    plan::{RowChoice, expand},
};

/// What a filter can see of a case. For an instance, replace the `id`.
pub(crate) fn facts<'a>(loaded: &'a LoadedCase, catalog: &'a Catalog) -> Facts<'a> {
    let case = &loaded.case;
    let mut requirements: Vec<RequirementFacts<'a>> = Vec::new();
    for check in &case.checks {
        let rows = check.outcomes.iter().filter_map(|row| row.requirement.as_ref());
        for word in check.requirement.iter().chain(&check.contract).chain(rows) {
            if requirements.iter().any(|known| known.id == word.value) {
                continue;
            }
            requirements.push(match catalog.requirements.get(&word.value) {
                Some(requirement) => RequirementFacts {
                    id: word.as_str(),
                    source: &requirement.source,
                    section: &requirement.section,
                    level: requirement.level.as_str(),
                },
                None => RequirementFacts { id: word.as_str(), ..RequirementFacts::default() },
            });
        }
    }
    Facts {
        id: case.id.as_str(),
        area: case.area(),
        tags: case.tags.iter().map(Word::as_str).collect(),
        impact: case.impact.as_str(),
        requirements,
    }
}

/// The cases of a subject (without one: of every subject) that a filter selects, sorted by id. A case is selected if
/// the filter matches it or one of its instances, so that `id(case@row=wider)` finds its case.
///
/// Nothing is an error with exit code 4, and names the nearest ids.
pub(crate) fn select<'a>(
    catalog: &'a Catalog,
    filter: Option<&Filter>,
    subject: Option<Subject>,
) -> Result<Vec<&'a LoadedCase>, CliError> {
    let of_subject =
        catalog.cases.values().filter(|loaded| subject.is_none_or(|wanted| loaded.case.subject == wanted));
    let mut selected: Vec<&LoadedCase> = of_subject
        .clone()
        .filter(|loaded| filter.is_none_or(|filter| matches(filter, loaded, catalog)))
        .collect();
    selected.sort_by_key(|loaded| loaded.case.id.as_str());
    if selected.is_empty() {
        return Err(nothing(filter, subject, &of_subject.collect::<Vec<_>>()));
    }
    Ok(selected)
}

/// Whether a filter matches a case or one of its instances.
fn matches(filter: &Filter, loaded: &LoadedCase, catalog: &Catalog) -> bool {
    let facts = facts(loaded, catalog);
    filter.matches(&facts)
        || expand(loaded, &RowChoice::default())
            .iter()
            .any(|instance| filter.matches(&Facts { id: &instance.id, ..facts.clone() }))
}

fn nothing(filter: Option<&Filter>, subject: Option<Subject>, cases: &[&LoadedCase]) -> CliError {
    let kind = subject.map_or(String::new(), |subject| format!(" of the subject `{}`", subject.as_str()));
    let Some(filter) = filter else {
        return CliError::nothing_selected(format!("there is no case{kind}"))
            .help("see `scopecheck list` for those that there are");
    };
    let error = CliError::nothing_selected(format!("no case{kind} matches `{}`", filter.as_str()));
    let help = filter.word_for_suggestion().and_then(|word| near(word, cases));
    error.help(help.unwrap_or_else(|| {
        "`scopecheck list` shows every case, `scopecheck list --help` what a filter can say".to_owned()
    }))
}

/// The nearest names: ids and areas, or words inside an id, which `id(*word*)` looks for.
fn near(word: &str, cases: &[&LoadedCase]) -> Option<String> {
    let plain: String = word.chars().filter(|c| !matches!(c, '*' | '?')).collect();
    let plain = plain.split(['@', '#']).next().unwrap_or_default();
    let ids = cases.iter().map(|loaded| loaded.case.id.as_str());
    let areas = cases.iter().map(|loaded| loaded.case.area());
    let words = ids.clone().flat_map(|id| id.split(['/', '-']));
    let whole = nearest(plain, ids.chain(areas), 5);
    if whole.is_empty() {
        return did_you_mean(plain, words);
    }
    Some(format!("the nearest names are\n  {}", whole.join("\n  ")))
}
