//! Which instances are run against which subject.

use std::collections::BTreeSet;

use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use crate::{
    cli::{
        CliError,
        commands::select::{facts, select},
    },
    filter::{Facts, Filter},
    plan::{Instance, RowChoice, expand},
};

/// What a section of a run selects.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section<'a> {
    /// The kind of subject.
    pub(crate) subject: Subject,
    /// The filter.
    pub(crate) filter: Option<&'a Filter>,
    /// The profiles; a case with profiles of its own needs one of them.
    pub(crate) profiles: &'a [String],
    /// Only cases that have profiles of their own.
    pub(crate) profile_cases_only: bool,
}

/// The instances of a section, sorted by id. An empty answer says in the error which profile is missing.
pub(crate) fn instances<'c>(
    catalog: &'c Catalog,
    section: Section<'_>,
) -> Result<Vec<Instance<'c>>, CliError> {
    let cases = select(catalog, section.filter, Some(section.subject))?;
    let mut left_out = BTreeSet::new();
    let mut instances = Vec::new();
    for loaded in cases {
        let needed = &loaded.case.profiles;
        if section.profile_cases_only && needed.is_empty() {
            continue;
        }
        if !needed.is_empty() && !needed.iter().any(|profile| section.profiles.contains(&profile.value)) {
            left_out.extend(needed.iter().map(|profile| profile.value.clone()));
            continue;
        }
        let facts = facts(loaded, catalog);
        let whole = section.filter.is_none_or(|filter| filter.matches(&facts));
        instances.extend(expand(loaded, &RowChoice::default()).into_iter().filter(|instance| {
            whole
                || section
                    .filter
                    .is_none_or(|filter| filter.matches(&Facts { id: &instance.id, ..facts.clone() }))
        }));
    }
    if instances.is_empty() && !section.profile_cases_only {
        let profiles: Vec<String> =
            left_out.into_iter().map(|profile| format!("--profile {profile}")).collect();
        return Err(CliError::nothing_selected(
            "every case that matches needs a profile that is not selected",
        )
        .help(format!("add one of: {}", profiles.join(", "))));
    }
    instances.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(instances)
}

/// The tables that counter-cases of these instances name.
pub(in crate::cli) fn needed_tables(instances: &[Instance<'_>]) -> BTreeSet<String> {
    instances
        .iter()
        .filter_map(|instance| instance.loaded.case.counter.as_ref().map(|table| table.value.clone()))
        .collect()
}
