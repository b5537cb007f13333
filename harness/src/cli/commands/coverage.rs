//! `scopecheck coverage`: which requirement is checked by what, and why the others are not.

use indexmap::IndexMap;
use scopecheck_scenarios::{
    catalog::Catalog,
    coverage::{Counts, Cover, Coverage, Means, coverage},
};
use serde::Serialize;

use crate::cli::{
    CliError, Sheet, Shell,
    args::{CoverageArgs, GlobalArgs, ListFormat},
    count::{count, lines},
};

/// Shows the coverage of the standards. A requirement with neither a check nor a reason ends in exit code 2.
pub(crate) fn run(args: &CoverageArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let catalog = Catalog::embedded()?;
    let coverage = coverage(&catalog);
    match args.format {
        ListFormat::Table => shell.print(&table(&coverage, &catalog, shell)),
        ListFormat::Json => shell.print_json(&json(&coverage))?,
        ListFormat::Ids => {
            shell.print(&lines(coverage.entries.iter().map(|entry| &entry.requirement)));
        }
    }
    if coverage.silent.is_empty() {
        return Ok(0);
    }
    let message = format!(
        "{} with neither a check nor a reason: {}",
        count(coverage.silent.len(), "requirement"),
        coverage.silent.join(", ")
    );
    Err(CliError::usage(message).help(
        "name each in a check, or give it `standing = \"planned\"` or `\"excluded\"` and a `reason` in its file under scenarios/requirements/",
    ))
}

fn table(coverage: &Coverage, catalog: &Catalog, shell: &Shell) -> String {
    let row = |name: &str, counts: Counts| {
        let Counts { checked, planned, excluded, silent } = counts;
        let numbers = [checked, planned, excluded, silent, counts.total()].map(|number| number.to_string());
        let [checked, planned, excluded, silent, total] = numbers;
        [name.to_owned(), checked, planned, excluded, silent, total]
    };
    let mut rows: Vec<_> = coverage.sources.iter().map(|(source, counts)| row(source, *counts)).collect();
    rows.push(row("all sources", coverage.total));
    let mut sheet = Sheet::new(shell);
    sheet.columns(["source", "checked", "planned", "excluded", "silent", "total"], &rows);
    if shell.quiet() {
        return sheet.finish();
    }
    reasons(&mut sheet, "Planned", coverage, |cover| match cover {
        Cover::Planned(reason) => Some(reason),
        _ => None,
    });
    reasons(&mut sheet, "Excluded", coverage, |cover| match cover {
        Cover::Excluded(reason) => Some(reason),
        _ => None,
    });
    sheet.gap();
    sheet.heading(0, "Checked by");
    let Means { cases, vectors, laws, rules, points } = coverage.means;
    for (number, what) in [
        (cases, "case"),
        (vectors, "vector"),
        (laws, "law"),
        (rules, "protocol rule"),
        (points, "dialect point"),
    ] {
        sheet.line(2, &count(number, what));
    }
    sheet.gap();
    sheet.heading(0, "Contracts");
    sheet.pairs(2, &contracts(catalog));
    sheet.gap();
    sheet.prose(0, "`scopecheck explain ID` shows one requirement or contract with its checks.");
    sheet.finish()
}

/// Many requirements wait for the same thing, so each reason is said once.
fn reasons(
    sheet: &mut Sheet,
    heading: &str,
    coverage: &Coverage,
    reason: impl Fn(&Cover) -> Option<&String>,
) {
    let mut groups: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for entry in &coverage.entries {
        if let Some(reason) = reason(&entry.cover) {
            groups.entry(reason).or_default().push(&entry.requirement);
        }
    }
    if groups.is_empty() {
        return;
    }
    sheet.gap();
    sheet.heading(0, heading);
    for (reason, ids) in groups {
        sheet.prose(2, reason);
        sheet.prose(4, &ids.join(" "));
    }
}

/// How many contracts of each system have a check.
fn contracts(catalog: &Catalog) -> Vec<(String, String)> {
    let mut systems: IndexMap<&str, (usize, usize)> = IndexMap::new();
    for (id, contract) in &catalog.contracts {
        let (checked, total) = systems.entry(contract.profile.as_str()).or_default();
        *checked += usize::from(!super::explain::checks_of(catalog, id).is_empty());
        *total += 1;
    }
    systems
        .into_iter()
        .map(|(system, (checked, total))| (system.to_owned(), format!("{checked} of {total} have a check")))
        .collect()
}

#[derive(Debug, Serialize)]
struct EntryJson<'a> {
    requirement: &'a str,
    source: &'a str,
    standing: &'static str,
    checks: &'a [String],
    reason: Option<&'a str>,
}

fn json(coverage: &Coverage) -> Vec<EntryJson<'_>> {
    coverage
        .entries
        .iter()
        .map(|entry| {
            let (standing, checks, reason): (_, &[String], _) = match &entry.cover {
                Cover::Checked(checks) => ("checked", checks, None),
                Cover::Planned(reason) => ("planned", &[], Some(reason.as_str())),
                Cover::Excluded(reason) => ("excluded", &[], Some(reason.as_str())),
                Cover::Silent => ("silent", &[], None),
            };
            EntryJson { requirement: &entry.requirement, source: &entry.source, standing, checks, reason }
        })
        .collect()
}
