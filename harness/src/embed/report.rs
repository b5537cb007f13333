//! What came of a check.

use std::fmt;

use scopecheck_reports::{Expectation, Grade, Results, escape, terminal};

/// The exit codes of `design.md` section 3 that mean something to a check.
pub(super) const CLEAN: u8 = 0;
pub(super) const INCOMPLETE: u8 = 3;
pub(super) const STALE: u8 = 5;

/// What came of a check: the results of every case, or the reasons why it could not begin.
#[derive(Debug, Clone)]
pub struct Report {
    name: String,
    outcome: Outcome,
}

#[derive(Debug, Clone)]
enum Outcome {
    Ran { results: Box<Results>, cases: u32 },
    Refused(Vec<String>),
}

impl Report {
    /// A check that ran.
    pub(super) fn ran(name: String, mut results: Results, cases: u32) -> Self {
        let exercised = is_exercised(&results);
        if let Some(footer) = &mut results.footer {
            match footer.exit_code {
                CLEAN | INCOMPLETE | STALE if !exercised => {
                    footer.exit_code = INCOMPLETE;
                    footer.exit_reason = format!(
                        "nothing was exercised: no case of those selected applies to what `{name}` offers and declares, so nothing is shown"
                    );
                }
                STALE => {
                    "a known deviation is gone, or names nothing: take it out of the check"
                        .clone_into(&mut footer.exit_reason);
                }
                _ => {}
            }
        }
        Self { name, outcome: Outcome::Ran { results: Box::new(results), cases } }
    }

    /// A check that could not begin.
    pub(super) fn refused(name: String, mistakes: Vec<String>) -> Self {
        Self { name, outcome: Outcome::Refused(mistakes) }
    }

    /// Whether something was exercised, nothing deviates but what is known, and all that is known still deviates.
    pub fn is_clean(&self) -> bool {
        match &self.outcome {
            Outcome::Ran { results, .. } => {
                results.footer.as_ref().is_some_and(|footer| footer.exit_code == CLEAN)
            }
            Outcome::Refused(_) => false,
        }
    }

    /// Panics with the report where it is not clean; else prints one line of counts, which `cargo test` shows under `--nocapture`.
    ///
    /// # Panics
    ///
    /// Where [`Self::is_clean`] is false: that is its purpose.
    #[track_caller]
    #[expect(clippy::print_stdout, reason = "the one line that a green check says")]
    pub fn assert_clean(&self) {
        assert!(self.is_clean(), "{self}");
        println!("{}", self.line());
    }

    /// The results, as `results.json` has them; `None` where the check could not begin.
    pub fn results(&self) -> Option<&Results> {
        match &self.outcome {
            Outcome::Ran { results, .. } => Some(results),
            Outcome::Refused(_) => None,
        }
    }

    /// The verdict in one line, with its counts.
    pub fn line(&self) -> String {
        let name = escape::line(&self.name);
        let Outcome::Ran { results, cases } = &self.outcome else {
            return format!("scopecheck: {name}: the check could not begin");
        };
        let counts = results.counts().cases;
        let parts: Vec<String> = Grade::ALL
            .into_iter()
            .filter(|grade| counts.of(*grade) > 0)
            .map(|grade| format!("{} {grade}", counts.of(grade)))
            .collect();
        let verdict = if self.is_clean() { "clean" } else { "not clean" };
        let (parts, seed) = (parts.join(", "), results.header.seed);
        format!("scopecheck: {name} is {verdict}: {parts} (seed {seed}, {cases} inputs a law)")
    }
}

impl fmt::Display for Report {
    /// The verdict, then the report as the terminal of `scopecheck library` shows it: of a library that is not clean what decides, of a clean
    /// one all, its warnings among it. What came from the library is escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.line())?;
        match &self.outcome {
            Outcome::Refused(mistakes) => {
                for mistake in mistakes {
                    write!(f, "\n\n{}", escape::block(mistake))?;
                }
                Ok(())
            }
            Outcome::Ran { results, .. } => {
                // A failure is told and nothing else; where nothing failed, or nothing was asked, all of it is of use.
                let quiet = !self.is_clean() && is_exercised(results);
                let options = terminal::TerminalOptions { quiet, ..Default::default() };
                // Known deviations stand in the test and in no file, so they are told here and not by the terminal.
                let mut shown = (**results).clone();
                if let Some(footer) = &mut shown.footer {
                    footer.stale.clear();
                    footer.unmatched.clear();
                    footer.paste = None;
                }
                write!(f, "\n\n{}", terminal::render(&shown, &options).trim_matches('\n'))?;
                known(f, results)
            }
        }
    }
}

/// The known deviations that did their work, and those that did not.
fn known(f: &mut fmt::Formatter<'_>, results: &Results) -> fmt::Result {
    let excused =
        results.cases.iter().flat_map(|case| &case.checks).filter_map(|check| match &check.expectation {
            Expectation::Expected { reason, .. } => Some(("excused", format!("{} ({reason})", check.id))),
            _ => None,
        });
    let footer = results.footer.iter();
    let gone = footer.clone().flat_map(|footer| &footer.stale).map(|entry| ("gone", entry.clone()));
    let unmatched = footer.flat_map(|footer| &footer.unmatched).map(|entry| ("no case", entry.clone()));
    for (number, (word, text)) in excused.chain(gone).chain(unmatched).enumerate() {
        if number == 0 {
            write!(f, "\n\nknown deviations")?;
        }
        write!(f, "\n  {word:<8} {}", escape::line(&text))?;
    }
    Ok(())
}

/// Whether any check came to a verdict. Where none did, all that is left is green for want of questions.
fn is_exercised(results: &Results) -> bool {
    let decided = |grade| !matches!(grade, Grade::NotApplicable | Grade::Blocked | Grade::Error);
    results.cases.iter().flat_map(|case| &case.checks).any(|check| decided(check.grade))
}
