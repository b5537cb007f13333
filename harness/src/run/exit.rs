//! The exit code (`design.md` section 3).

use scopecheck_reports::{CaseResult, CheckResult, Grade};

use crate::library::is_of_manners;

/// An exit code with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// The code.
    pub code: u8,
    /// Why, in words.
    pub reason: String,
}

/// What the exit code depends on beside the cases.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a run")]
pub struct ExitFacts {
    /// Checks that count against the subject and are excused by nothing.
    pub red: usize,
    /// Cases in which something ended `blocked` or `error` without being expected to.
    pub open: usize,
    /// Expected deviations that are gone.
    pub stale: usize,
    /// Entries that match nothing in the catalogue.
    pub unmatched: usize,
    /// `--allow-stale`.
    pub allow_stale: bool,
    /// The run was interrupted.
    pub interrupted: bool,
    /// The run was cut short by a limit.
    pub cut_short: bool,
    /// Nothing was left out by a filter.
    pub unfiltered: bool,
    /// The engine failed while it ran a case.
    pub bug: bool,
}

/// Decides the exit code; precedence 70 > 130 > 4 > 1 > 3 > 5 > 0 (2 is decided before a run begins).
pub fn decide(cases: &[CaseResult], facts: ExitFacts) -> Exit {
    let exit = |code, reason: &str| Exit { code, reason: reason.to_owned() };
    if facts.bug {
        return exit(70, "a bug in scopecheck; please report it with the event log");
    }
    if facts.interrupted {
        return exit(130, "interrupted; what is reported is valid but not all");
    }
    if cases.is_empty() && !facts.cut_short {
        return exit(4, "nothing was selected");
    }
    match facts.red {
        0 => {}
        1 => return exit(1, "the subject violated something unexpected in 1 check"),
        red => return exit(1, &format!("the subject violated something unexpected in {red} checks")),
    }
    match facts.open {
        0 => {}
        1 => return exit(3, "incomplete: 1 case is blocked or in error"),
        open => return exit(3, &format!("incomplete: {open} cases are blocked or in error")),
    }
    if facts.cut_short {
        return exit(3, "incomplete: the run was cut short by a limit");
    }
    if facts.unfiltered
        && !cases
            .iter()
            .filter(|case| !is_of_manners(&case.area))
            .flat_map(|case| &case.checks)
            .any(decides_must)
    {
        return exit(3, "incomplete: no check of level MUST passed or failed, so nothing is proven");
    }
    if facts.stale + facts.unmatched > 0 && !(facts.allow_stale && facts.unmatched == 0) {
        return exit(5, "the expectations are stale or match nothing; mend expected.toml");
    }
    exit(0, "all scored checks are satisfied or excused")
}

fn decides_must(check: &CheckResult) -> bool {
    let must = matches!(check.requirement.level.as_str(), "MUST" | "MUST NOT" | "REQUIRED");
    must && matches!(check.grade, Grade::Pass | Grade::Fail)
}
