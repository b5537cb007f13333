//! From the name of a finding to the word on it.

use std::path::{self, Path, PathBuf};

use scopecheck_scenarios::{catalog::Catalog, laws};

use super::{page, start::start};
use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, ReplayArgs},
        error::INCOMPLETE,
    },
    findings::{self, Finding, FindingError, Start},
    library::{self, NotRun, Replay, Replayed},
};

/// Exit code of a finding that still fails: the subject violates something (`design.md` section 3).
const STILL_FAILING: u8 = 1;

/// Runs the command. Nothing is stored: a finding may lie in somebody's version control, and a run brings it up to date.
pub(crate) fn run(args: &ReplayArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let path = findings::find(Path::new(""), &args.finding).map_err(|error| usage(&error))?;
    let finding = findings::read(&path).map_err(|error| usage(&error))?;
    let by = if args.command.is_empty() { None } else { Some(Start::command(&args.command)) };
    let trial = Trial { finding: &finding, path: &path, by };
    let unheard = |why| Replay { outcome: Replayed::CouldNotRun(why), breaches: Vec::new() };
    let replay = trial.replay()?.unwrap_or_else(unheard);
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    shell.print(&page::page(shell, &name, &finding, trial.start(), &replay));
    Ok(match replay.outcome {
        Replayed::StillFailing { .. } => STILL_FAILING,
        Replayed::Fixed { .. } => 0,
        Replayed::CouldNotRun(_) => INCOMPLETE,
    })
}

struct Trial<'a> {
    finding: &'a Finding,
    path: &'a Path,
    /// What the finding is put to instead of its own subject.
    by: Option<Start>,
}

impl Trial<'_> {
    fn start(&self) -> &Start {
        self.by.as_ref().unwrap_or(&self.finding.subject.start)
    }

    fn replay(&self) -> Result<Result<Replay, NotRun>, CliError> {
        let catalog = Catalog::embedded()?;
        Ok(self.put(&catalog))
    }

    fn put(&self, catalog: &Catalog) -> Result<Replay, NotRun> {
        // Nothing is started for a law that nobody can judge.
        let Some(law) = laws::find(&self.finding.law) else {
            return Err(NotRun {
                why: format!("this version has no law `{}`", self.finding.law),
                help: "`scopecheck list 'area(library/laws)'` shows the laws; a finding of one that is gone can be deleted".to_owned(),
            });
        };
        // A command that was typed means the folder in which it was typed.
        let home = if self.by.is_some() {
            PathBuf::from(".")
        } else {
            findings::home(&path::absolute(self.path).unwrap_or_else(|_| self.path.to_owned()))
        };
        let adapter = start(self.start(), &home)?;
        Ok(library::replay(law, self.finding, adapter.as_ref(), catalog))
    }
}

fn usage(error: &FindingError) -> CliError {
    CliError::usage(error.to_string())
}
