//! `scopecheck case lint`.

use scopecheck_scenarios::{catalog::Catalog, error::FileError, lint};

use super::folder::{named, nearest};
use crate::cli::{CliError, Shell, args::LintArgs, count::count, error::USAGE};

/// Prints every mistake, each in place. Any mistake is exit code 2.
pub(super) fn lint(args: &LintArgs, shell: &Shell) -> Result<u8, CliError> {
    let folder = match &args.scenarios {
        Some(folder) => Some(named(folder)?),
        None => nearest(),
    };
    let (catalog, mut problems) = match &folder {
        Some(folder) => Catalog::from_dir_with_errors(folder),
        None => (Catalog::embedded()?, Vec::new()),
    };
    problems.extend(lint::lint(&catalog));
    problems.sort_by(|a, b| (&a.path, a.span.start).cmp(&(&b.path, b.span.start)));
    for problem in &problems {
        shell.print(&format!("{problem}\n\n"));
    }
    let place = folder.map_or("in this program".to_owned(), |folder| format!("in {}", folder.display()));
    let checks = catalog.cases.values().map(|loaded| loaded.case.checks.len()).sum();
    let looked_at = format!("{}, {} {place}", count(catalog.cases.len(), "case"), count(checks, "check"));
    if problems.is_empty() {
        shell.print(&format!("{looked_at}: no problem\n"));
        return Ok(0);
    }
    shell.print(&format!(
        "{looked_at}: {} in {}\n",
        count(problems.len(), "problem"),
        count(files(&problems), "file")
    ));
    Ok(USAGE)
}

fn files(problems: &[FileError]) -> usize {
    let mut files: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    files.len()
}
