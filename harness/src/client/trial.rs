//! One instance while its runs are done: the client is started for each step, or once for all of them, and what it sent is put down.

use std::{
    collections::HashSet,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use indexmap::IndexMap;
use scopecheck_scenarios::model::{Case, Step, Text, Verb, Word};
use serde_json::json;
use tokio::time::Instant;

use super::{
    ClientSetup, Hand, OPENERS, Served,
    answers::{Finish, Run, put_down},
    browser::{Watch, path_behind},
    exercise::in_row,
    process::{self, End, Ended, Start},
    setup::{Filling, fill, fill_calls, fill_plain},
    stored,
    world::{Logged, World},
};
use crate::{
    judge::{Answers, Missed, Reading, StepState, unbound},
    plan::{Bindings, Instance},
    system::Clock,
    target::Browser,
    wire::Recorder,
};

/// One instance while its runs are done.
pub(super) struct Trial<'t> {
    pub(super) setup: &'t ClientSetup,
    /// Whether the client is a plain MCP client, which is run once for all steps.
    pub(super) plain: bool,
    pub(super) clock: Clock,
    /// How many cases have overrun their time.
    pub(super) overruns: &'t AtomicUsize,
    pub(super) instance: &'t Instance<'t>,
    pub(super) bindings: Bindings,
    pub(super) state_dir: &'t Path,
    /// The folder with the programs that stand in for a browser, if the client starts one.
    pub(super) browsers: Option<&'t Path>,
    pub(super) answers: Answers,
    pub(super) recorder: Recorder,
    pub(super) deadline: Instant,
    /// Whether no further run is to come.
    pub(super) given_up: bool,
    pub(super) world: World,
}

impl Trial<'_> {
    /// Runs the client as often as the case and its kind ask for: a command-line client once for each step, a plain MCP client once for all.
    pub(super) async fn runs(&mut self) {
        let case = &self.instance.loaded.case;
        let of_row = |step: &&Step| step.rows.is_empty() || in_row(self.instance, &step.rows);
        let steps: Vec<&Step> = case.steps.iter().filter(of_row).collect();
        let together = if self.plain { steps.len().max(1) } else { 1 };
        if let Some(hand) = &self.setup.hand {
            let url = self.world.url();
            hand.announce(&Served { case, id: &self.instance.id, url: &url, mcp: self.plain });
        }
        for steps in steps.chunks(together) {
            let run = match &self.setup.hand {
                Some(hand) => self.run_by_hand(&**hand, case, steps).await,
                None => self.run(case, steps).await,
            };
            if let Err(missed) = run {
                for step in steps {
                    self.answers.insert(step.id.value.clone(), StepState::Missed(missed.clone()));
                }
            }
        }
    }

    /// One run of the client, for these steps.
    async fn run(&mut self, case: &Case, steps: &[&Step]) -> Result<(), Missed> {
        let Some(first) = steps.first() else { return Ok(()) };
        if Instant::now() >= self.deadline {
            let limit = self.setup.limit.as_secs();
            return Err(Missed::blocked(format!("the time of the case is over: {limit} s")));
        }
        let (verb, command) = self.command(first)?;
        let matter = self.circumstances(first)?;
        self.world.enter(case, steps);
        let started_ms = self.clock.elapsed_ms();
        let env = self.environment(case);
        let folder = self.setup.folder.as_deref();
        let mark = self.state_dir.to_string_lossy().into_owned();
        let watch = (self.setup.browser == Browser::Print).then(|| Watch::new(&self.world.origin()));
        let start = Start {
            command: &command,
            folder,
            env: &env,
            deadline: self.deadline,
            watch,
            saves: first.saves.unwrap_or(true),
            mark: Some(&mark),
        };
        let done = match first.at_once {
            Some(runs) => process::run_at_once(start, runs, || self.world.looping()).await,
            None => process::run(start, self.world.looping()).await,
        };
        let ended = done.map_err(|error| {
            let program = command.first().map_or("", String::as_str);
            Missed::blocked(format!("`{program}` cannot be started: {error}"))
        })?;
        if self.late(&ended) {
            self.overruns.fetch_add(1, Ordering::Relaxed);
        }
        let duration_ms = self.clock.elapsed_ms().saturating_sub(started_ms);
        let finish = Finish { command: &command, matter: &matter, ended: &ended, started_ms, duration_ms };
        let (at, log) = (self.world.at(), self.world.take_log().await);
        self.put_down(verb, steps, &at, log, Some(&finish));
        Ok(())
    }

    /// One run of a client that somebody else starts.
    async fn run_by_hand(&mut self, hand: &dyn Hand, case: &Case, steps: &[&Step]) -> Result<(), Missed> {
        let Some(first) = steps.first() else { return Ok(()) };
        if self.given_up {
            return Err(Missed::blocked(format!("the run ended before step `{}`", first.id)));
        }
        let verb = if matches!(first.verb(), Some(Verb::Login(_))) { "login" } else { "invoke" };
        self.world.enter(case, steps);
        let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
        self.given_up = tokio::select! {
            more = hand.run(&ids) => !more,
            _ = self.world.looping() => true,
            () = tokio::time::sleep_until(self.deadline) => true,
        };
        let (at, log) = (self.world.at(), self.world.take_log().await);
        self.put_down(verb, steps, &at, log, None);
        Ok(())
    }

    /// Puts down what each step of a run has seen; `at` is the one in which it ended.
    fn put_down(
        &mut self,
        verb: &'static str,
        steps: &[&Step],
        at: &str,
        mut log: Vec<Logged>,
        finish: Option<&Finish<'_>>,
    ) {
        let mut over = false;
        for step in steps {
            let id = step.id.as_str();
            let own: Vec<Logged> = log.extract_if(.., |logged| logged.step == id).collect();
            let state = if self.world.unheard(id) {
                StepState::Missed(Missed::not_applicable(
                    "nobody listens at the redirect URI of the client, so that no callback can be sent there",
                ))
            } else if over || (own.is_empty() && id != at) {
                let how =
                    finish.map_or_else(String::new, |finish| format!(": {}", finish.ended.end.sentence()));
                StepState::Missed(Missed::blocked(format!("the client never came to step `{id}`{how}")))
            } else {
                let finish = finish.filter(|_| id == at);
                let run = Run { step: id, verb, operations: step.operations(), finish };
                StepState::Ran(Box::new(put_down(&run, own, &mut self.recorder)))
            };
            over |= id == at;
            self.answers.insert(id.to_owned(), state);
        }
    }

    /// Brings about what a step says of the circumstances of its run, and tells them.
    fn circumstances(&self, step: &Step) -> Result<String, Missed> {
        let mut matter = Vec::new();
        if let Some(how) = &step.stored {
            let reading = Reading { answers: &self.answers, bindings: &self.bindings };
            let how = self.bindings.sent(Some(how), None, &reading).map_err(unbound)?.text();
            let spoilt = stored::spoil(self.state_dir, &how, &self.world.issued()).map_err(|error| {
                Missed::blocked(format!("what the client has stored cannot be changed: {error}"))
            })?;
            if spoilt == 0 {
                return Err(Missed::not_applicable(format!(
                    "the client keeps no token in a file of JSON that can be spoilt in the way `{how}`"
                )));
            }
            matter.push(format!("stored files spoilt: {spoilt}, {how}"));
        }
        if step.saves == Some(false) {
            let empty = std::fs::read_dir(self.state_dir).is_ok_and(|mut entries| entries.next().is_none());
            if empty {
                return Err(Missed::not_applicable(
                    "the client keeps nothing in files, so no write can fail",
                ));
            }
            matter.push("no file can be written".to_owned());
        }
        matter.extend(step.at_once.map(|runs| format!("{runs} times at once")));
        Ok(matter.join("; "))
    }

    fn late(&self, ended: &Ended) -> bool {
        matches!(ended.end, End::Killed(_)) && Instant::now() >= self.deadline
    }

    /// The command line of a run that begins with this step.
    fn command(&self, step: &Step) -> Result<(&'static str, Vec<String>), Missed> {
        let setup = self.setup;
        let (program, url) = (setup.program.to_string_lossy(), self.world.url());
        let state_dir = self.state_dir.to_string_lossy();
        let filling = Filling { program: &program, url: &url, state_dir: &state_dir, ..Filling::default() };
        if let Some(command) = &setup.command {
            return Ok(("invoke", fill_plain(command, &filling)));
        }
        let missing = |name: &str| Missed::not_applicable(format!("needs the command `{name}`"));
        match step.verb() {
            Some(Verb::Invoke([operation])) => {
                let command = setup.commands.call.as_ref().ok_or_else(|| missing("call"))?;
                let case = &self.instance.loaded.case;
                let requires = World::required(case, step, operation.as_str());
                let filling = Filling { operation: operation.as_str(), requires: &requires, ..filling };
                Ok(("invoke", fill(command, &filling)))
            }
            Some(Verb::Invoke(operations)) => {
                let command = setup.commands.calls.as_ref().ok_or_else(|| missing("calls"))?;
                let case = &self.instance.loaded.case;
                let names = operations.iter().map(Word::as_str);
                let calls: Vec<(&str, String)> =
                    names.map(|name| (name, World::required(case, step, name))).collect();
                Ok(("invoke", fill_calls(command, &filling, &calls)))
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
            Some(Verb::Run(word)) => {
                let named = setup.commands.named(word.as_str());
                Ok(("run", fill(named.ok_or_else(|| missing(word.as_str()))?, &filling)))
            }
            _ => {
                Err(Missed::blocked("a client case only runs the client; `scopecheck case lint` says where"))
            }
        }
    }

    /// What the client is told beside its command line (`design.md` section 4).
    fn environment(&self, case: &Case) -> IndexMap<String, String> {
        let setup = self.setup;
        let scenario = case.mcp_scenario.clone().unwrap_or_else(|| case.id.value.clone());
        let context = json!({
            "name": scenario,
            "url": self.world.url(),
            "state_dir": self.state_dir.to_string_lossy(),
            "default_scopes": default_scopes(case),
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
        if let Some(folder) = self.browsers {
            let path = path_behind(folder, env.get("PATH").map(String::as_str));
            env.insert("PATH".to_owned(), path);
            env.insert("BROWSER".to_owned(), folder.join(OPENERS[0]).to_string_lossy().into_owned());
        }
        env
    }
}

/// The scopes that the application asks for at every login; the lint sees to it that they are literal.
fn default_scopes(case: &Case) -> Vec<&str> {
    let texts = case.default_scope.as_ref().map(Text::templates).unwrap_or_default();
    texts.into_iter().flat_map(|text| text.split(' ')).filter(|scope| !scope.is_empty()).collect()
}
