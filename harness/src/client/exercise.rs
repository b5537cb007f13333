//! One client case: a scripted world is opened, the client is run once for each step over one state directory, and what it sent is judged.

use std::{
    collections::HashSet,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use indexmap::IndexMap;
use scopecheck_reports::{CaseResult, Grade};
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Step, Verb},
};
use serde_json::json;
use tokio::time::Instant;

use super::{
    ClientSetup,
    answers::{Run, put_down},
    process::{self, End, Ended},
    setup::{Filling, fill},
    verdicts::{cut_off, exit_class, of_revision},
    world::World,
};
use crate::{
    engine::{Bench, checked, notes, unexercised},
    judge::{Answers, Missed, Reading, StepState, unbound},
    plan::{Bindings, Instance},
    run::{Exercise, Work},
    system::{Clock, Dice},
    wire::{Labels, Recorder},
};

/// After so many cases that overran their time, the rest of the run is given up (`design.md` section 3).
const OVERRUNS: usize = 3;

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
        if let Some(command) = self.missing_command(case) {
            return nothing(
                Grade::NotApplicable,
                &format!("needs the command `{command}`, which the target does not name"),
            );
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
        let mut dice = Dice::new(self.seed, &instance.id);
        let bindings = Bindings {
            random: format!("made-up-{}", dice.word(10)),
            row: instance.row.cloned(),
            ..Bindings::default()
        };
        let world = World::open(dice, self.clock).await;
        let mut trial = Trial {
            exercise: self,
            instance,
            bindings,
            state_dir: state_dir.path(),
            answers: Answers::new(),
            recorder: Recorder::new(labels(&world, state_dir.path())),
            deadline: Instant::now() + self.setup.limit,
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
            result.checks.push(judged);
        }
        result.checks.extend(exit_class(instance, &answers));
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

    /// The command that a step needs and the target does not name.
    fn missing_command(&self, case: &Case) -> Option<&'static str> {
        case.steps.iter().filter_map(Step::verb).find_map(|verb| match verb {
            Verb::Invoke(_) if self.setup.commands.call.is_none() => Some("call"),
            Verb::Login(_) if self.setup.commands.login.is_none() => Some("login"),
            _ => None,
        })
    }
}

impl Exercise for ClientExercise<'_> {
    fn table(&self) -> &str {
        &self.setup.table
    }

    fn exercise<'a>(&'a self, instance: &'a Instance<'a>, rerun: String) -> Work<'a> {
        Box::pin(self.one(instance, rerun))
    }
}

fn in_row(instance: &Instance<'_>, rows: &[scopecheck_scenarios::model::Word]) -> bool {
    instance.row.is_some_and(|row| rows.iter().any(|wanted| wanted.value == row.id.value))
}

fn labels(world: &World, state_dir: &Path) -> Labels {
    let mut labels = Labels::default();
    labels.name(&world.origin(), "$SERVER");
    labels.name(&state_dir.display().to_string(), "$STATE_DIR");
    labels
}

/// One instance while its runs are done.
struct Trial<'t> {
    exercise: &'t ClientExercise<'t>,
    instance: &'t Instance<'t>,
    bindings: Bindings,
    state_dir: &'t Path,
    answers: Answers,
    recorder: Recorder,
    deadline: Instant,
    world: World,
}

impl Trial<'_> {
    async fn runs(&mut self) {
        let case = &self.instance.loaded.case;
        for step in &case.steps {
            if !step.rows.is_empty() && !in_row(self.instance, &step.rows) {
                continue;
            }
            let state = match self.run(case, step).await {
                Ok(answer) => answer,
                Err(missed) => StepState::Missed(missed),
            };
            self.answers.insert(step.id.value.clone(), state);
        }
    }

    async fn run(&mut self, case: &Case, step: &Step) -> Result<StepState, Missed> {
        if Instant::now() >= self.deadline {
            return Err(Missed::blocked(format!(
                "the time of the case is over: {} s",
                self.exercise.setup.limit.as_secs()
            )));
        }
        let (verb, command) = self.command(step)?;
        self.world.enter(case, step.id.as_str());
        let clock = self.exercise.clock;
        let started_ms = clock.elapsed_ms();
        let setup = self.exercise.setup;
        let env = self.environment(case);
        let done =
            process::run(&command, setup.folder.as_deref(), &env, self.deadline, self.world.looping()).await;
        let ended = done.map_err(|error| {
            Missed::blocked(format!(
                "`{}` cannot be started: {error}",
                command.first().map_or("", String::as_str)
            ))
        })?;
        if self.late(&ended) {
            self.exercise.overruns.fetch_add(1, Ordering::Relaxed);
        }
        let duration_ms = clock.elapsed_ms().saturating_sub(started_ms);
        let run =
            Run { step: step.id.as_str(), verb, command: &command, ended: &ended, started_ms, duration_ms };
        let answer = put_down(&run, self.world.take_log(), &mut self.recorder);
        Ok(StepState::Ran(Box::new(answer)))
    }

    fn late(&self, ended: &Ended) -> bool {
        matches!(ended.end, End::Killed(_)) && Instant::now() >= self.deadline
    }

    /// The command line of a step.
    fn command(&self, step: &Step) -> Result<(&'static str, Vec<String>), Missed> {
        let setup = self.exercise.setup;
        let (program, url) = (setup.program.to_string_lossy(), self.world.url());
        let state_dir = self.state_dir.to_string_lossy();
        let filling = Filling { program: &program, url: &url, state_dir: &state_dir, ..Filling::default() };
        let missing = |name: &str| Missed::not_applicable(format!("needs the command `{name}`"));
        match step.verb() {
            Some(Verb::Invoke(operation)) => {
                let command = setup.commands.call.as_ref().ok_or_else(|| missing("call"))?;
                Ok(("invoke", fill(command, &Filling { operation: operation.as_str(), ..filling })))
            }
            Some(Verb::Login(scope)) => {
                let command = setup.commands.login.as_ref().ok_or_else(|| missing("login"))?;
                let reading = Reading { answers: &self.answers, bindings: &self.bindings };
                let scope = self.bindings.sent(Some(scope), None, &reading).map_err(unbound)?.text();
                let mut seen = HashSet::new();
                let scopes =
                    scope.split(' ').filter(|scope| !scope.is_empty() && seen.insert(*scope)).collect();
                Ok(("login", fill(command, &Filling { scopes, ..filling })))
            }
            _ => {
                Err(Missed::blocked("a client case only runs the client; `scopecheck case lint` says where"))
            }
        }
    }

    /// What the client is told beside its command line (`design.md` section 4).
    fn environment(&self, case: &Case) -> IndexMap<String, String> {
        let setup = self.exercise.setup;
        let scenario = case.mcp_scenario.clone().unwrap_or_else(|| case.id.value.clone());
        let context = json!({
            "name": scenario,
            "url": self.world.url(),
            "state_dir": self.state_dir.to_string_lossy(),
        })
        .to_string();
        let mut env = IndexMap::new();
        for prefix in ["MCP_CONFORMANCE", "SCOPECHECK"] {
            env.insert(format!("{prefix}_SCENARIO"), scenario.clone());
            env.insert(format!("{prefix}_CONTEXT"), context.clone());
            env.insert(format!("{prefix}_PROTOCOL_VERSION"), setup.protocol.clone());
        }
        // A proxy of the user's cannot reach a port of this machine that is open for a moment.
        for name in ["NO_PROXY", "no_proxy"] {
            env.insert(name.to_owned(), "127.0.0.1,localhost".to_owned());
        }
        env.extend(setup.env.iter().map(|(name, value)| (name.clone(), value.clone())));
        env
    }
}
