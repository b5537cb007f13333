//! Entries ready to paste, for what nothing excuses.

use indexmap::{IndexMap, IndexSet};
use scopecheck_reports::{CaseResult, CheckResult, Expectation, escape};

use super::{Options, entry::TABLE, file::header};

/// One instance of a check.
struct Instance<'a> {
    case: &'a CaseResult,
    check: &'a CheckResult,
}

/// Writes an entry for each unexpected check, one for all variants where they all end alike. `new_file` asks for a header, too.
pub(super) fn entries(cases: &[CaseResult], new_file: Option<&Options>) -> String {
    let mut checks: IndexMap<(&str, &str), Vec<Instance<'_>>> = IndexMap::new();
    for case in cases {
        for check in &case.checks {
            checks.entry((&case.case, &check.slug)).or_default().push(Instance { case, check });
        }
    }
    let several_tables = cases.iter().map(|case| &case.table).collect::<IndexSet<_>>().len() > 1;
    let mut entries = Vec::new();
    for ((case, slug), instances) in &checks {
        let unexpected = || instances.iter().filter(|one| one.check.expectation == Expectation::Unexpected);
        let Some(first) = unexpected().next() else { continue };
        let alike = instances.iter().all(|one| {
            one.check.expectation == Expectation::Unexpected && one.check.grade == first.check.grade
        });
        if alike {
            entries.push(entry(case, slug, first, ""));
        } else {
            entries
                .extend(unexpected().map(|one| entry(case, slug, one, &variant(one.case, several_tables))));
        }
    }
    if entries.is_empty() {
        return String::new();
    }
    let header =
        new_file.map(|options| header(&options.suite_version, &options.requirements)).unwrap_or_default();
    header + &entries.join("\n")
}

fn entry(case: &str, slug: &str, instance: &Instance<'_>, variant: &str) -> String {
    let check = instance.check;
    // What a subject said must not leave its comment. The reason is left empty on purpose: the file is refused until somebody has written one.
    format!(
        "[[expect]] # {} {}\ncase = {}\ncheck = {}\n{variant}grade = \"{}\"\nreason = \"\" # Say in a sentence why this is known and accepted.\n",
        escape::line(&check.requirement.id),
        escape::line(&check.message),
        quoted(case),
        quoted(slug),
        check.grade,
    )
}

fn variant(case: &CaseResult, several_tables: bool) -> String {
    let table = several_tables.then_some((TABLE, case.table.as_str()));
    let axes = case.variant.iter().map(|(axis, value)| (axis.as_str(), value.as_str())).chain(table);
    let axes: Vec<String> = axes.map(|(axis, value)| format!("{axis} = {}", quoted(value))).collect();
    if axes.is_empty() { String::new() } else { format!("where = {{ {} }}\n", axes.join(", ")) }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
