//! The work of a check: plan, calls, and the end that the known deviations make of them.

use std::{
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use scopecheck_reports::{CaseResult, Event, Footer, Header, Results, SCHEMA_VERSION, Target};
use scopecheck_scenarios::catalog::Catalog;

use super::{
    Check,
    patient::Patient,
    plan,
    report::{INCOMPLETE, STALE},
};
use crate::{
    expected::{Expected, Options},
    library::LibraryExercise,
    plan::Instance,
    run::{Drive, DriveOptions, Ended, Finish, REQUIREMENTS, finish},
    system::Clock,
};

/// How long a law may take, all its inputs together.
const INSTANCE: Duration = Duration::from_mins(5);

impl Check {
    /// The library, by name and version.
    pub(super) fn name(&self) -> String {
        let hello = self.adapter.hello();
        format!("{} {}", hello.name, hello.version).trim().to_owned()
    }

    /// Runs the check; the error says what keeps it from beginning.
    pub(super) fn results(&self, catalog: &Catalog) -> Result<Results, Vec<String>> {
        if !self.mistakes.is_empty() {
            return Err(self.mistakes.clone());
        }
        let selection =
            plan::Selection { filter: self.filter.as_ref(), profiles: &self.profiles, only: &self.only };
        let plan = plan::selected(catalog, &selection, self.adapter.hello()).map_err(|why| vec![why])?;
        let clock = Clock::default();
        let header = self.header(clock.now());
        let (cases, ended) = self.driven(catalog, &plan, clock).map_err(|why| vec![why])?;
        let footer = self.footer(catalog, &cases, ended, clock);
        let cases = cases.into_iter().map(|case| Event::Case(Box::new(case)));
        let events = std::iter::once(Event::Header(header)).chain(cases).chain([Event::Footer(footer)]);
        Results::fold(events).map_err(|error| vec![error.to_string()])
    }

    /// The end of the check. Its known deviations were written for its own filter, so one that nothing needs any more is gone, whatever was
    /// selected; that a requirement of level MUST was decided is asked of a whole check alone.
    fn footer(&self, catalog: &Catalog, cases: &[CaseResult], ended: Ended, clock: Clock) -> Footer {
        let ending = |unfiltered| {
            finish(
                cases.to_vec(),
                Finish {
                    catalog,
                    expected: &Expected { entries: self.known.clone(), ..Expected::none() },
                    options: Options {
                        today: clock.today(),
                        deny_warn: self.deny_warnings,
                        unfiltered,
                        suite_version: env!("CARGO_PKG_VERSION").to_owned(),
                        requirements: REQUIREMENTS.to_owned(),
                    },
                    allow_stale: false,
                    ended,
                    finished: clock.now(),
                    duration_ms: clock.elapsed_ms(),
                    leftovers: Vec::new(),
                    notes: Vec::new(),
                    next: Vec::new(),
                },
            )
        };
        let mut footer = ending(true);
        let is_part = self.filter.is_some() || !self.only.is_empty();
        if is_part && footer.exit_code == INCOMPLETE {
            let part = ending(false);
            if part.exit_code != INCOMPLETE {
                footer.exit_code = if footer.stale.is_empty() { part.exit_code } else { STALE };
                footer.exit_reason = part.exit_reason;
            }
        }
        footer
    }

    fn header(&self, started: String) -> Header {
        Header {
            schema_version: SCHEMA_VERSION.to_owned(),
            suite: "scopecheck".to_owned(),
            suite_version: env!("CARGO_PKG_VERSION").to_owned(),
            requirements: REQUIREMENTS.to_owned(),
            target: Target {
                name: self.name(),
                table: "default".to_owned(),
                kind: "library".to_owned(),
                address: "(this process)".to_owned(),
            },
            seed: self.seed,
            config_hash: String::new(),
            profiles: self.profiles.clone(),
            filter: self.filter.as_ref().map(|filter| filter.as_str().to_owned()),
            flags: if self.deny_warnings { vec!["deny warn".to_owned()] } else { Vec::new() },
            started,
        }
    }

    /// Works the plan off, one instance at a time, on a thread of its own: the caller may be inside a runtime.
    fn driven(
        &self,
        catalog: &Catalog,
        plan: &[Instance<'_>],
        clock: Clock,
    ) -> Result<(Vec<CaseResult>, Ended), String> {
        let subject = LibraryExercise {
            adapter: Arc::new(Patient::new(Arc::clone(&self.adapter), self.call)),
            table: "default".to_owned(),
            catalog,
            profiles: &self.profiles,
            clock,
            seed: self.seed,
            cases: self.cases,
            limit: INSTANCE,
            findings: None,
        };
        let options = DriveOptions { jobs: 1, ..DriveOptions::default() };
        let drive = Drive { subject: &subject, clock, options, stop: Arc::default() };
        let rerun = |instance: &Instance<'_>| self.rerun(&instance.id);
        let work = || -> Result<(Vec<CaseResult>, Ended), String> {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .map_err(|error| format!("the runtime cannot be started: {error}"))?;
            let mut cases = Vec::with_capacity(plan.len());
            let ended = runtime.block_on(drive.work(plan, &rerun, |result| {
                cases.push(result);
                false
            }));
            Ok((cases, ended))
        };
        thread::scope(|scope| {
            let thread = thread::Builder::new().name("scopecheck".to_owned()).spawn_scoped(scope, work);
            let thread = thread.map_err(|error| format!("a thread cannot be started: {error}"))?;
            thread.join().unwrap_or_else(|_| Err("scopecheck itself failed; please report it".to_owned()))
        })
    }

    /// How one case is put once more.
    fn rerun(&self, id: &str) -> String {
        let profiles = self.profiles.iter().fold(String::new(), |profiles, profile| {
            // Written as Rust reads it.
            profiles + &format!(".profile({profile:?})")
        });
        let filter = format!("id({id})");
        let begun = self.begun;
        format!("{begun}{profiles}.cases({}).seed({}).filter({filter:?})", self.cases, self.seed)
    }
}

/// The catalogue; it is read once in a process.
pub(super) fn catalog() -> Result<&'static Catalog, Vec<String>> {
    static CATALOG: OnceLock<Result<Catalog, String>> = OnceLock::new();
    let loaded = CATALOG.get_or_init(|| Catalog::embedded().map_err(|errors| errors.to_string()));
    loaded.as_ref().map_err(|errors| vec![errors.clone()])
}
