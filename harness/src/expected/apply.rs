//! What the entries say about the results.

use jiff::civil::Date;
use scopecheck_reports::{CaseResult, CheckResult, Expectation, Grade};

use super::{CatalogCase, Entry, Expected, ListedGrade, paste};

/// What the outcome depends on beside entries and results.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day of the run; entries that expired before it no longer excuse.
    pub today: Date,
    /// Whether an unexpected `warn` counts like a `fail`.
    pub deny_warn: bool,
    /// Whether everything was selected. If not, an entry is only called stale if what it means did run.
    pub unfiltered: bool,
    /// The version of the suite, for the header of a new file.
    pub suite_version: String,
    /// The requirement set, for the header of a new file.
    pub requirements: String,
}

/// What came of it, for the exit code and the footer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entries whose checks pass now: exit 5.
    pub stale: Vec<String>,
    /// Entries that match nothing in the catalogue: exit 5.
    pub unmatched: Vec<String>,
    /// Entries about which this run could say nothing; they are kept.
    pub no_signal: Vec<String>,
    /// Checks that ended as listed.
    pub expected: usize,
    /// Checks that go wrong in another way than listed: exit 1.
    pub changed: usize,
    /// Checks that count against the subject and are excused by nothing, expired entries included: exit 1.
    pub unexpected_fail: usize,
    /// Cases in which something ended `blocked` or `error` without being expected to: exit 3.
    pub incomplete: usize,
    /// Entries for `expected.toml`, ready to paste, for what is unexpected; empty if nothing is.
    pub paste: String,
}

impl Expected {
    /// Compares every check with the entries and notes the outcome in it (`results.md`, table of outcomes).
    pub fn apply(&self, cases: &mut [CaseResult], catalog: &[CatalogCase<'_>], options: &Options) -> Applied {
        let mut applied = Applied::default();
        let mut fates = vec![Fate::default(); self.entries.len()];
        for case in &*cases {
            for check in &case.checks {
                for (entry, fate) in self.entries.iter().zip(&mut fates) {
                    if entry.covers(case, check) {
                        fate.note(entry, check.grade);
                    }
                }
            }
        }
        for (entry, fate) in self.entries.iter().zip(&mut fates) {
            fate.stale = fate.passes
                && !fate.needed
                && !fate.unknown
                && (options.unfiltered || entry.means_one(catalog));
            if !entry.names_something(catalog) {
                applied.unmatched.push(entry.summary());
            } else if fate.stale {
                applied.stale.push(entry.summary());
            } else if (fate.unknown || fate.idle) && !fate.passes && !fate.needed {
                applied.no_signal.push(entry.summary());
            }
        }
        for case in &mut *cases {
            // A case that broke before its first check has no check to look at.
            let mut incomplete = case.checks.is_empty() && is_incomplete(case.grade);
            for at in 0..case.checks.len() {
                let expectation = self.expectation(case, &case.checks[at], &fates, options);
                incomplete |= applied.count(case.checks[at].grade, &expectation, options);
                case.checks[at].expectation = expectation;
            }
            applied.incomplete += usize::from(incomplete);
        }
        applied.paste = paste::entries(cases, self.path.is_empty().then_some(options));
        applied
    }

    fn expectation(
        &self,
        case: &CaseResult,
        check: &CheckResult,
        fates: &[Fate],
        options: &Options,
    ) -> Expectation {
        let mut listed: Vec<(&Entry, &Fate)> =
            self.entries.iter().zip(fates).filter(|(entry, _)| entry.covers(case, check)).collect();
        // Where several entries speak about a check, the one that describes it counts; a stable sort keeps the file's order.
        listed.sort_by_key(|(entry, fate)| {
            (!entry.excuses(check.grade, options.today), Grade::from(entry.grade) != check.grade, !fate.stale)
        });
        match listed.first() {
            Some((entry, fate)) => entry.outcome(check.grade, fate.stale, options.today),
            None if counts_against(check.grade, options) => Expectation::Unexpected,
            None => Expectation::None,
        }
    }
}

impl Entry {
    fn expired(&self, today: Date) -> Option<Date> {
        self.expires.filter(|last| *last < today)
    }

    fn excuses(&self, grade: Grade, today: Date) -> bool {
        Grade::from(self.grade) == grade && self.expired(today).is_none()
    }

    fn outcome(&self, grade: Grade, stale: bool, today: Date) -> Expectation {
        let reason = self.reason.clone();
        let from = Grade::from(self.grade);
        match grade {
            Grade::Pass | Grade::Observed if stale => Expectation::Stale { reason },
            // Another check that the entry covers still needs it.
            Grade::Pass | Grade::Observed => Expectation::None,
            Grade::NotApplicable | Grade::Error => Expectation::NoSignal { reason },
            Grade::Blocked if from != Grade::Blocked => Expectation::NoSignal { reason },
            Grade::Fail | Grade::Warn | Grade::Blocked => match self.expired(today) {
                Some(last) => Expectation::Expired { reason, expires: last.to_string() },
                None if from == grade => Expectation::Expected { reason, issue: self.issue.clone() },
                None => Expectation::Changed { reason, from },
            },
        }
    }
}

/// What the checks that an entry covers came to.
#[derive(Clone, Copy, Debug, Default)]
struct Fate {
    /// One passes.
    passes: bool,
    /// One goes wrong, as listed or in another way.
    needed: bool,
    /// One could not be exercised, so that the entry may well be needed.
    unknown: bool,
    /// One does not apply.
    idle: bool,
    /// The entry has to go.
    stale: bool,
}

impl Fate {
    fn note(&mut self, entry: &Entry, grade: Grade) {
        match grade {
            Grade::Pass | Grade::Observed => self.passes = true,
            Grade::NotApplicable => self.idle = true,
            Grade::Error => self.unknown = true,
            Grade::Blocked if entry.grade != ListedGrade::Blocked => self.unknown = true,
            Grade::Fail | Grade::Warn | Grade::Blocked => self.needed = true,
        }
    }
}

impl Applied {
    /// Counts a check; whether it leaves its case incomplete.
    fn count(&mut self, grade: Grade, expectation: &Expectation, options: &Options) -> bool {
        match expectation {
            Expectation::Expected { .. } => self.expected += 1,
            Expectation::Changed { .. } => self.changed += 1,
            Expectation::Unexpected => self.unexpected_fail += 1,
            Expectation::Expired { .. } if counts_against(grade, options) => self.unexpected_fail += 1,
            _ => return is_incomplete(grade),
        }
        false
    }
}

/// Whether a grade ends in exit code 1 where nothing excuses it.
fn counts_against(grade: Grade, options: &Options) -> bool {
    grade == Grade::Fail || (grade == Grade::Warn && options.deny_warn)
}

/// Whether a grade leaves the run incomplete where it is not expected.
fn is_incomplete(grade: Grade) -> bool {
    matches!(grade, Grade::Blocked | Grade::Error)
}
