//! A check of a library, from its options to its report.

use std::{panic::Location, sync::Arc, time::Duration};

use super::{Library, Report, known, mistakes, run::catalog};
use crate::{
    expected::{Entry, ListedGrade},
    filter::Filter,
    library::Adapter,
};

/// How many inputs are generated for each law.
pub const CASES: u32 = 256;

/// The seed of a check that was given none: the same check every time, so that a gate does not change its mind.
const SEED: u64 = 1;

/// How long a call may take.
const CALL: Duration = Duration::from_secs(2);

/// Puts every vector and every law to a library; [`Check`] has the options.
#[must_use = "a report that nobody asserts on fails no test"]
pub fn check(library: &Library) -> Report {
    Check::of(library).run()
}

/// A check in the making: what is put to a library, and what is known to deviate.
///
/// ```
/// use scopecheck::embed::{Check, Library, json};
///
/// let library = Library::named("mine", "1.0.0")
///     .op("serialize", |input| Ok(json!({ "text": input.list("scopes")?.join(" ") })));
///
/// Check::of(&library)
///     .cases(1_000)
///     .filter("id(library/laws/*)")
///     .known_failure("library/laws/serialize-one-space", "It trusts its caller; see issue 7.")
///     .run();
/// ```
#[must_use = "a check does nothing until it is run"]
pub struct Check {
    pub(super) adapter: Arc<dyn Adapter>,
    /// How the check was begun, for the rerun line.
    pub(super) begun: &'static str,
    pub(super) cases: u32,
    pub(super) seed: u64,
    pub(super) profiles: Vec<String>,
    pub(super) filter: Option<Filter>,
    pub(super) only: Vec<String>,
    pub(super) known: Vec<Entry>,
    pub(super) deny_warnings: bool,
    pub(super) call: Duration,
    pub(super) mistakes: Vec<String>,
}

impl Check {
    /// A check of a library that is made of closures.
    pub fn of(library: &Library) -> Self {
        let mistakes = library.mistakes().to_vec();
        Self { mistakes, begun: "Check::of(&library)", ..Self::adapter(library.clone()) }
    }

    /// A check of anything that implements [`Adapter`]: it gets the inputs as JSON text, duplicate members and escapes included. It
    /// may panic; that is caught.
    pub fn adapter(adapter: impl Adapter + 'static) -> Self {
        Self {
            adapter: Arc::new(adapter),
            begun: "Check::adapter(library)",
            cases: CASES,
            seed: SEED,
            profiles: Vec::new(),
            filter: None,
            only: Vec::new(),
            known: Vec::new(),
            deny_warnings: false,
            call: CALL,
            mistakes: Vec::new(),
        }
    }

    /// How many inputs are generated for each law; [`CASES`] where nothing is said.
    pub fn cases(self, cases: u32) -> Self {
        Self { cases, ..self }
    }

    /// The seed of what is generated. The same seed makes the same inputs.
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// A profile whose contracts the library follows, such as `toolhive`; what a profile expects otherwise replaces the strict answer.
    pub fn profile(mut self, name: &str) -> Self {
        self.mistakes.extend(mistakes::of_profile(name));
        self.profiles.push(name.to_owned());
        self
    }

    /// Only the cases that a filter selects, in the language of `--filter`: `union`, `id(library/laws/*) and not impact(cosmetic)`.
    pub fn filter(mut self, expression: &str) -> Self {
        match Filter::parse(expression) {
            Ok(filter) => self.filter = Some(filter),
            Err(error) => self.mistakes.push(error.to_string()),
        }
        self
    }

    /// Only the cases that need no other operations than these.
    pub fn only<'o>(mut self, ops: impl IntoIterator<Item = &'o str>) -> Self {
        for op in ops {
            if !self.adapter.hello().offers(op) {
                let help = "offer it, or leave it out of `only`";
                let why = mistakes::of_operation(op).unwrap_or_else(|| {
                    format!("`only` names `{op}`, which the library does not offer\nhelp: {help}")
                });
                self.mistakes.push(why);
            }
            self.only.push(op.to_owned());
        }
        self
    }

    /// A failure that is known and accepted: `case` or `case#check`, either with `*` and `?`, and the reason. It is excused while it
    /// fails; once it passes, or where nothing has that name, the report is not clean.
    #[track_caller]
    pub fn known_failure(self, id: &str, reason: &str) -> Self {
        self.known(ListedGrade::Fail, id, reason)
    }

    /// Like [`Self::known_failure`], for any grade that can be excused.
    #[track_caller]
    pub fn known(mut self, grade: ListedGrade, id: &str, reason: &str) -> Self {
        match known::entry(grade, id, reason, Location::caller()) {
            Ok(entry) => self.known.push(entry),
            Err(mistake) => self.mistakes.push(mistake),
        }
        self
    }

    /// Warnings count like failures.
    pub fn deny_warnings(self) -> Self {
        Self { deny_warnings: true, ..self }
    }

    /// How long one call may take; two seconds where nothing is said.
    pub fn call_limit(self, limit: Duration) -> Self {
        Self { call: limit, ..self }
    }

    /// Makes the calls and judges the answers. It blocks; inside an asynchronous test, put it on a thread that may.
    #[must_use = "a report that nobody asserts on fails no test"]
    pub fn run(self) -> Report {
        let name = self.name();
        let ran = catalog().and_then(|catalog| self.results(catalog));
        match ran {
            Ok(results) => Report::ran(name, results, self.cases),
            Err(mistakes) => Report::refused(name, mistakes),
        }
    }
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Check")
            .field("library", &self.name())
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
