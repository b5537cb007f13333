//! A run from its header to its footer, over one subject or several sections.

use std::{sync::Arc, time::Duration};

use scopecheck_reports::{CaseResult, Event, Expectation, Footer, Grade, Header, SCHEMA_VERSION, Target};
use scopecheck_scenarios::catalog::Catalog;
use sha2::{Digest as _, Sha256};
use tokio::{sync::Notify, time::timeout};

use super::{Inputs, Outputs, Section, instances};
use crate::{
    cli::{CliError, Shell, args::RunArgs},
    engine::{Run, delete_registered, unexercised},
    expected::{Expected, Options},
    plan::Instance,
    run::{Counters, Drive, Ended, Exercise, Finish, REQUIREMENTS, ServerExercise, finish},
    subject::{PrepareError, Setup, World},
    system::Clock,
    typed::with_flag,
    wire::Wire,
};

/// Where a section is run: the prepared subject, or why there is none.
#[derive(Debug)]
pub(in crate::cli) struct Ground {
    world: Result<World, (Setup, PrepareError)>,
    counters: Counters,
}

impl Ground {
    /// Contacts the subject.
    pub(in crate::cli) async fn prepare(setup: Setup, inputs: &Inputs) -> Result<Self, CliError> {
        let world = match prepare(setup.clone(), inputs).await? {
            Ok(world) => Ok(world),
            // What is no issuer was typed wrongly; what cannot be reached is a fact about the run.
            Err(error @ PrepareError::Issuer { .. }) => return Err(CliError::usage(error.to_string())),
            Err(error) => Err((setup, error)),
        };
        Ok(Self { world, counters: Counters::default() })
    }

    /// Adds the subject of counter-cases.
    pub(in crate::cli) async fn counter(&mut self, setup: Setup, inputs: &Inputs) -> Result<(), CliError> {
        let table = setup.table.clone();
        let world = prepare(setup, inputs).await?;
        let world = world
            .map_err(|error| CliError::incomplete(format!("the counter-case's table `{table}`: {error}")))?;
        self.counters.insert(table, world);
        Ok(())
    }

    /// The profiles that are selected.
    pub(in crate::cli) fn profiles(&self) -> Vec<String> {
        match &self.world {
            Ok(world) => world.profiles.clone(),
            Err((setup, _)) => setup.profiles.clone(),
        }
    }

    async fn clean_up(&self) -> Vec<String> {
        let mut leftovers = Vec::new();
        for world in self.world.iter().chain(self.counters.worlds()) {
            let left = delete_registered(world).await;
            // What we started is stopped after the run, and what is left on it ends with it.
            if !world.setup.address_is_ours {
                leftovers.extend(left);
            }
        }
        leftovers
    }
}

async fn prepare(setup: Setup, inputs: &Inputs) -> Result<Result<World, PrepareError>, CliError> {
    let loopback = url::Url::parse(&setup.issuer).is_ok_and(|url| {
        matches!(url.host_str(), Some("localhost"))
            || url.host_str().is_some_and(|host| host.starts_with("127.") || host == "[::1]")
    });
    let wire = Wire::new(inputs.wire(), inputs.pace(), loopback)
        .map_err(|error| CliError::bug(error.to_string()))?;
    Ok(World::prepare(setup, wire, inputs.seed).await)
}

/// What a run is called: for its header, and for the rerun line.
#[derive(Debug)]
pub(in crate::cli) struct Title {
    /// The subject.
    pub(in crate::cli) target: Target,
    /// The profiles that are selected.
    pub(in crate::cli) profiles: Vec<String>,
    /// The settled configuration, for its hash.
    pub(in crate::cli) config: String,
    /// How the run is typed.
    pub(in crate::cli) command: String,
}

/// How an instance is typed alone: it is selected by the filter, or by `--serve`, which a run names already that is of one instance.
fn rerun(command: &str, served: bool, instance: &Instance<'_>) -> String {
    if served { command.to_owned() } else { with_flag(command, &format!("--filter 'id({})'", instance.id)) }
}

/// A run in the making.
pub(in crate::cli) struct Whole<'a> {
    catalog: &'a Catalog,
    args: &'a RunArgs,
    inputs: &'a Inputs,
    expected: &'a Expected,
    outputs: Outputs,
    clock: Clock,
    stop: Arc<Notify>,
    /// The cases without their exchanges: what the end of the run needs of them.
    cases: Vec<CaseResult>,
    ended: Ended,
    notes: Vec<String>,
    leftovers: Vec<String>,
    /// How this run is typed, for the rerun line.
    command: String,
    /// Whether the command names its one instance.
    served: bool,
}

impl<'a> Whole<'a> {
    /// Opens the outputs and writes the header.
    pub(in crate::cli) fn begin(
        catalog: &'a Catalog,
        args: &'a RunArgs,
        inputs: &'a Inputs,
        title: Title,
        expected: &'a Expected,
        stop: Arc<Notify>,
    ) -> Result<Self, CliError> {
        let mut outputs = Outputs::open(args)?;
        let clock = Clock::default();
        let hash = Sha256::digest(title.config.as_bytes());
        outputs.append(&Event::Header(Header {
            schema_version: SCHEMA_VERSION.to_owned(),
            suite: "scopecheck".to_owned(),
            suite_version: env!("CARGO_PKG_VERSION").to_owned(),
            requirements: REQUIREMENTS.to_owned(),
            target: title.target,
            seed: inputs.seed,
            config_hash: hash
                .iter()
                .take(6)
                .fold(String::new(), |text, octet| text + &format!("{octet:02x}")),
            profiles: title.profiles,
            filter: args.filter.as_ref().map(|filter| filter.as_str().to_owned()),
            flags: Vec::new(),
            started: clock.now(),
        }))?;
        Ok(Self {
            catalog,
            args,
            inputs,
            expected,
            outputs,
            clock,
            stop,
            cases: Vec::new(),
            ended: Ended::default(),
            notes: Vec::new(),
            leftovers: Vec::new(),
            command: title.command,
            served: false,
        })
    }

    /// Runs the cases of an authorization server in one section, and deletes what they have registered.
    pub(in crate::cli) async fn section(
        &mut self,
        ground: &Ground,
        section: Section<'_>,
    ) -> Result<(), CliError> {
        let plan = instances(self.catalog, section)?;
        match &ground.world {
            Err((setup, error)) => self.unreached(&setup.table, &plan, &error.to_string())?,
            Ok(world) => {
                let run = Run {
                    world,
                    catalog: self.catalog,
                    clock: self.clock,
                    hook: None,
                    limit: self.inputs.case_limit(),
                };
                self.exercise(&ServerExercise { run, counters: &ground.counters }, &plan).await?;
            }
        }
        // Who has pressed Ctrl-C does not wait for a server that is slow to forget; the report is worth more.
        let patience = if self.ended.interrupted { Duration::from_secs(2) } else { Duration::MAX };
        match timeout(patience, ground.clean_up()).await {
            Ok(leftovers) => self.leftovers.extend(leftovers),
            Err(_late) => self.leftovers.push(
                "clients that this run has registered stay behind: it was interrupted, and they were not deleted in time"
                    .to_owned(),
            ),
        }
        Ok(())
    }

    /// How the cases that come next are typed again.
    pub(in crate::cli) fn typed(&mut self, command: String) {
        self.command = command;
    }

    /// The command names the one instance that is run.
    pub(in crate::cli) fn served(&mut self) {
        self.served = true;
    }

    /// The clock of the run.
    pub(in crate::cli) fn clock(&self) -> Clock {
        self.clock
    }

    /// Keeps every instance of a plan as `blocked`: their subject could not be reached.
    pub(in crate::cli) fn unreached(
        &mut self,
        table: &str,
        plan: &[Instance<'_>],
        why: &str,
    ) -> Result<(), CliError> {
        self.notes.push(why.to_owned());
        for instance in plan {
            let started = self.clock.now();
            let rerun = rerun(&self.command, self.served, instance);
            self.keep(unexercised(instance, table, rerun, Grade::Blocked, why, started))?;
        }
        Ok(())
    }

    /// Puts every instance of a plan to a prepared subject of any kind.
    pub(in crate::cli) async fn exercise(
        &mut self,
        subject: &dyn Exercise,
        plan: &[Instance<'_>],
    ) -> Result<(), CliError> {
        let drive =
            Drive { subject, clock: self.clock, options: self.inputs.drive(), stop: Arc::clone(&self.stop) };
        let (command, served) = (self.command.clone(), self.served);
        let before = self.cases.len();
        let mut lost = Ok(());
        let ended = drive
            .work(plan, &|instance| rerun(&command, served, instance), |result| {
                if lost.is_err() {
                    return false;
                }
                self.keep(result).unwrap_or_else(|error| {
                    lost = Err(error);
                    false
                })
            })
            .await;
        lost?;
        let left = plan.len().saturating_sub(self.cases.len() - before);
        if left > 0 && ended.cut_short {
            self.notes.push(format!("cut short: {left} of {} cases were not run", plan.len()));
        }
        self.ended.interrupted |= ended.interrupted;
        self.ended.cut_short |= ended.cut_short;
        self.ended.bug |= ended.bug;
        Ok(())
    }

    /// Whether the user wants no more.
    pub(in crate::cli) fn interrupted(&self) -> bool {
        self.ended.interrupted
    }

    /// Puts a result down and keeps what the end of the run needs of it. Says whether it counts as failed: it fails, and nothing excuses it.
    fn keep(&mut self, result: CaseResult) -> Result<bool, CliError> {
        let event = Event::Case(Box::new(result));
        self.outputs.append(&event)?;
        let Event::Case(mut result) = event else { return Ok(false) };
        result.exchanges.clear();
        let mut failed = result.grade == Grade::Fail;
        if failed && self.args.max_failures.is_some() {
            let mut one = [(*result).clone()];
            self.expected.apply(&mut one, &[], &self.options());
            failed = one[0].checks.iter().any(|check| check.expectation == Expectation::Unexpected);
        }
        self.cases.push(*result);
        Ok(failed)
    }

    fn options(&self) -> Options {
        Options {
            today: self.clock.today(),
            deny_warn: self.args.denies_warnings(),
            unfiltered: self.args.filter.is_none(),
            suite_version: env!("CARGO_PKG_VERSION").to_owned(),
            requirements: REQUIREMENTS.to_owned(),
        }
    }

    /// Compares with the expectations, writes the footer, shows and writes the reports.
    pub(in crate::cli) fn end(mut self, next: Vec<String>, shell: &Shell) -> Result<u8, CliError> {
        let options = self.options();
        let footer: Footer = finish(
            std::mem::take(&mut self.cases),
            Finish {
                catalog: self.catalog,
                expected: self.expected,
                options,
                allow_stale: self.args.allow_stale,
                ended: self.ended,
                finished: self.clock.now(),
                duration_ms: self.clock.elapsed_ms(),
                leftovers: std::mem::take(&mut self.leftovers),
                notes: std::mem::take(&mut self.notes),
                next,
            },
        );
        let code = footer.exit_code;
        let unexpected =
            footer.expectations.values().any(|expectation| *expectation == Expectation::Unexpected);
        self.outputs.append(&Event::Footer(footer))?;
        let results = self.outputs.results()?;
        shell.print(&scopecheck_reports::terminal::render(&results, &shell.terminal_options()));
        if unexpected && shell.verbose() == 0 && !shell.quiet() {
            shell.note(&format!("every exchange is in {}", self.outputs.log().display()));
        }
        self.outputs.write(&results)?;
        Ok(code)
    }
}
