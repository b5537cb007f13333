//! `scopecheck list`: which cases there are.

use scopecheck_scenarios::catalog::{Catalog, LoadedCase};

use super::{case_json::describe, select::select};
use crate::cli::{
    CliError, Sheet, Shell,
    args::{GlobalArgs, ListArgs, ListFormat},
    count::{count, lines},
};

/// Lists the cases that the filter selects, sorted by id.
pub(crate) fn run(args: &ListArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let catalog = Catalog::embedded()?;
    let cases = select(&catalog, args.filter.as_ref(), None)?;
    match args.format {
        ListFormat::Table => table(&cases, &catalog, shell),
        ListFormat::Json => {
            let described: Vec<_> = cases.iter().map(|loaded| describe(loaded, &catalog)).collect();
            shell.print_json(&described)?;
        }
        ListFormat::Ids => {
            shell.print(&lines(cases.iter().map(|loaded| loaded.case.id.as_str())));
        }
    }
    Ok(0)
}

fn table(cases: &[&LoadedCase], catalog: &Catalog, shell: &Shell) {
    let rows: Vec<[String; 4]> = cases
        .iter()
        .map(|loaded| {
            let case = &loaded.case;
            [
                case.id.value.clone(),
                strongest(loaded, catalog),
                case.impact.as_str().to_owned(),
                case.title.clone(),
            ]
        })
        .collect();
    let checks = cases.iter().map(|loaded| loaded.case.checks.len()).sum();
    let mut sheet = Sheet::new(shell);
    sheet.columns(["case", "level", "impact", "title"], &rows);
    if !shell.quiet() {
        sheet.gap();
        sheet.line(0, &format!("{}, {}", count(cases.len(), "case"), count(checks, "check")));
    }
    shell.print(&sheet.finish());
}

/// The strongest level of the requirements that a case judges: `MUST`, `SHOULD`, `MAY`, or `contract` where it asks for none of a standard.
fn strongest(loaded: &LoadedCase, catalog: &Catalog) -> String {
    let levels: Vec<&str> = loaded
        .case
        .checks
        .iter()
        .filter_map(|check| catalog.requirements.get(check.requirement.as_ref()?.as_str()))
        .map(|requirement| requirement.level.as_str())
        .collect();
    // MUST NOT is as strong as MUST, so the first word decides.
    let first_words =
        [("MUST", ["MUST", "REQUIRED"]), ("SHOULD", ["SHOULD", "SHOULD"]), ("MAY", ["MAY", "MAY"])];
    let found = first_words
        .iter()
        .find(|(_, words)| levels.iter().any(|level| words.iter().any(|word| level.starts_with(word))));
    found.map_or("contract", |(level, _)| level).to_owned()
}
