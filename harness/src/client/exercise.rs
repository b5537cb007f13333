//! One client case: a scripted world is opened, the client is run once for each step over one state directory, and what it sent is judged.

use std::{
    collections::HashSet,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use scopecheck_reports::{CaseResult, Grade};
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Step, Verb},
};
use tempfile::TempDir;
use tokio::time::Instant;

use super::{
    ClientSetup, browser,
    trial::Trial,
    verdicts::{by_hand, cut_off, exit_class, of_revision, registered_elsewhere},
    world::{MCP, PLAIN, World},
};
use crate::{
    engine::{Bench, checked, notes, unexercised},
    judge::{Answers, Reading, StepState},
    plan::{Bindings, Instance},
    run::{Exercise, Work},
    system::{Clock, Dice},
    target::Browser,
    wire::{Labels, Recorder},
};

/// After so many cases that overran their time, the rest of the run is given up (`design.md` section 3).
const OVERRUNS: usize = 3;
/// How long a world stays up for a client that is started by hand.
const PATIENCE: Duration = Duration::from_hours(24);

/// A client under test.
#[derive(Debug)]
pub struct ClientExercise<'a> {
    setup: &'a ClientSetup,
    catalog: &'a Catalog,
    clock: Clock,
    seed: u64,
    overruns: AtomicUsize,
}

impl<'a> ClientExercise<'a> {
    /// A client that is run as `setup` says.
    pub fn new(setup: &'a ClientSetup, catalog: &'a Catalog, clock: Clock, seed: u64) -> Self {
        Self { setup, catalog, clock, seed, overruns: AtomicUsize::new(0) }
    }

    async fn one(&self, instance: &Instance<'_>, rerun: String) -> CaseResult {
        let started = self.clock.now();
        let began = self.clock.elapsed_ms();
        let case = &instance.loaded.case;
        let nothing = |grade, why: &str| {
            unexercised(instance, &self.setup.table, rerun.clone(), grade, why, started.clone())
        };
        let bench = Bench {
            catalog: self.catalog,
            profiles: &self.setup.profiles,
            capabilities: &self.setup.capabilities,
            pin: &self.setup.pin,
        };
        if let Some(need) = bench.lacks(case.needs.iter().map(|word| word.as_str())) {
            return nothing(Grade::NotApplicable, &format!("needs {need}"));
        }
        if let Some(why) = self.cannot(case) {
            return nothing(Grade::NotApplicable, &why);
        }
        if self.overruns.load(Ordering::Relaxed) >= OVERRUNS {
            let why =
                format!("the client overran its time in {OVERRUNS} cases; the rest of the run is given up");
            return nothing(Grade::Blocked, &why);
        }
        let state_dir = match tempfile::Builder::new().prefix("scopecheck-client-").tempdir() {
            Ok(folder) => folder,
            Err(error) => {
                return nothing(
                    Grade::Error,
                    &format!("no folder can be made for the state of the client: {error}"),
                );
            }
        };
        let browsers = (self.setup.browser == Browser::Command).then(|| browser::folder(&self.setup.program));
        let browsers = match browsers.transpose() {
            Ok(browsers) => browsers,
            Err(error) => {
                return nothing(Grade::Error, &format!("no folder can be made for the browser: {error}"));
            }
        };
        let mut dice = Dice::new(self.seed, &instance.id);
        let bindings = Bindings {
            random: format!("made-up-{}", dice.word(10)),
            row: instance.row.cloned(),
            ..Bindings::default()
        };
        let plain = self.is_plain(case);
        let world = match World::open(if plain { MCP } else { PLAIN }, dice, self.clock).await {
            Ok(world) => world,
            Err(error) => {
                return nothing(Grade::Error, &format!("no port can be opened for the script: {error}"));
            }
        };
        let mut trial = Trial {
            setup: self.setup,
            plain,
            clock: self.clock,
            overruns: &self.overruns,
            instance,
            bindings,
            state_dir: state_dir.path(),
            browsers: browsers.as_ref().map(TempDir::path),
            answers: Answers::new(),
            recorder: Recorder::new(labels(&world, state_dir.path())),
            deadline: Instant::now() + if self.setup.hand.is_some() { PATIENCE } else { self.setup.limit },
            given_up: false,
            world,
        };
        trial.runs().await;
        let Trial { answers, bindings, recorder, .. } = trial;
        let reading = Reading { answers: &answers, bindings: &bindings };
        let mut result = nothing(Grade::NotApplicable, "");
        result.reason = None;
        for check in case.checks.iter().filter(|check| check.rows.is_empty() || in_row(instance, &check.rows))
        {
            let mut judged = checked(&bench, instance, check, reading, &recorder);
            // The requests were made to a world that is gone: nobody can repeat them by hand.
            judged.curl = None;
            of_revision(self.catalog, &self.setup.protocol, &mut judged);
            cut_off(check, &answers, &mut judged);
            registered_elsewhere(case, &answers, &mut judged);
            if self.setup.hand.is_some() {
                by_hand(case, check, &mut judged);
            }
            result.checks.push(judged);
        }
        // How a client ended that somebody else has started is not known.
        if self.setup.hand.is_none() {
            let judged = exit_class(instance, &answers, plain, &result.checks);
            result.checks.extend(judged);
        }
        result.grade =
            Grade::worst(result.checks.iter().map(|check| check.grade)).unwrap_or(Grade::NotApplicable);
        if matches!(result.grade, Grade::NotApplicable | Grade::Blocked | Grade::Error) {
            result.reason = result
                .checks
                .iter()
                .find(|check| check.grade == result.grade)
                .map(|check| check.message.clone());
        }
        result.steps = notes(&answers, &recorder.labels);
        for note in &mut result.steps {
            if let Some(StepState::Ran(answer)) = answers.get(&note.id) {
                note.outcome = answer.text(&["exit"]);
            }
        }
        result.exchanges = recorder.into_exchanges();
        result.duration_ms = self.clock.elapsed_ms().saturating_sub(began);
        result
    }

    /// Whether the client is a plain MCP client, as far as this case is concerned: one that is started by hand is, wherever such a client could be.
    fn is_plain(&self, case: &Case) -> bool {
        let commands = &self.setup.commands;
        let unknown = self.setup.hand.is_some() && commands.call.is_none() && commands.login.is_none();
        self.setup.command.is_some() || (unknown && not_for_a_plain_client(case).is_none())
    }

    /// Why the client cannot be asked this case, if it cannot.
    fn cannot(&self, case: &Case) -> Option<String> {
        if self.setup.hand.is_some() {
            let asks = |step: &&Step| {
                step.meddles() || step.operations().len() > 1 || matches!(step.verb(), Some(Verb::Run(_)))
            };
            let runs = case.steps.iter().find(asks);
            return runs.map(|_| "needs a client that scopecheck starts itself".to_owned());
        }
        if self.setup.command.is_some() {
            return not_for_a_plain_client(case);
        }
        let missing = case.steps.iter().filter_map(Step::verb).find_map(|verb| match verb {
            Verb::Invoke([_]) if self.setup.commands.call.is_none() => Some("call"),
            Verb::Invoke([_, _, ..]) if self.setup.commands.calls.is_none() => Some("calls"),
            Verb::Login(_) if self.setup.commands.login.is_none() => Some("login"),
            Verb::Run(word) if self.setup.commands.named(word.as_str()).is_none() => Some(word.as_str()),
            _ => None,
        })?;
        Some(format!("needs the command `{missing}`, which the target does not name"))
    }
}

/// A plain MCP client is run once, without arguments of its own, and calls each tool once.
fn not_for_a_plain_client(case: &Case) -> Option<String> {
    if case.steps.iter().any(Step::meddles) {
        return Some("needs runs one by one, and a plain MCP client is run once for all steps".to_owned());
    }
    if case.steps.iter().any(|step| step.operations().len() > 1) {
        return Some(
            "calls several operations at once, and a plain MCP client calls its tools as it likes".to_owned(),
        );
    }
    let mut called = HashSet::new();
    case.steps.iter().filter_map(Step::verb).find_map(|verb| match verb {
        Verb::Login(_) => {
            Some("needs the command `login`, which a plain MCP client does not have".to_owned())
        }
        Verb::Run(word) => {
            Some(format!("needs the command `{word}`, which a plain MCP client does not have"))
        }
        Verb::Invoke([operation]) if !called.insert(operation.as_str()) => {
            Some(format!("calls `{operation}` twice, and a plain MCP client calls each tool once"))
        }
        _ => None,
    })
}

impl Exercise for ClientExercise<'_> {
    fn table(&self) -> &str {
        &self.setup.table
    }

    fn exercise<'a>(&'a self, instance: &'a Instance<'a>, rerun: String) -> Work<'a> {
        Box::pin(self.one(instance, rerun))
    }
}

pub(super) fn in_row(instance: &Instance<'_>, rows: &[scopecheck_scenarios::model::Word]) -> bool {
    instance.row.is_some_and(|row| rows.iter().any(|wanted| wanted.value == row.id.value))
}

fn labels(world: &World, state_dir: &Path) -> Labels {
    let mut labels = Labels::default();
    labels.name(&world.origin(), "$SERVER");
    labels.name(&state_dir.display().to_string(), "$STATE_DIR");
    labels
}
