//! The server that a case starts for itself.

use indexmap::IndexMap;
use scopecheck_scenarios::model::{Settings, Text, Verb};
use serde_json::{Map, Value};

use super::{Run, session::Session};
use crate::{
    judge::{Answer, Answers, Event, Missed, Outcome, Reading, error_lines, told, unbound},
    plan::{Bindings, Instance, Sent},
    subject::{Launch, Launched, Setup, Starter, World},
};

/// What became of the start that a case begins with.
pub(super) struct Anew {
    pub(super) settings: IndexMap<String, String>,
    pub(super) state: State,
}

/// The server of a case.
pub(super) enum State {
    /// It is up, and what it says of itself was read.
    Up(Box<dyn Launched>, Box<World>),
    /// It ended by itself.
    Refused { command: String, status: String, words: String },
    /// There is none, and nobody's verdict.
    Missed(Missed),
}

/// Starts the server that the first step of a case asks for, if it asks for one.
pub(super) async fn anew(run: &Run<'_>, instance: &Instance<'_>) -> Option<Anew> {
    let first = instance.loaded.case.steps.first()?;
    let Some(Verb::Start(settings)) = first.verb() else { return None };
    let bindings = Bindings { row: instance.row.cloned(), ..run.world.bindings.clone() };
    let (settings, state) = match read(settings, &bindings) {
        Ok(settings) => {
            let state = start(run, &settings).await.unwrap_or_else(State::Missed);
            (settings, state)
        }
        Err(missed) => (IndexMap::new(), State::Missed(missed)),
    };
    Some(Anew { settings, state })
}

fn read(settings: &Settings, bindings: &Bindings) -> Result<IndexMap<String, String>, Missed> {
    let answers = Answers::new();
    let reading = Reading { answers: &answers, bindings };
    let mut read = IndexMap::new();
    let mut put = |name: &str, text: Option<&Text>| -> Result<(), Missed> {
        match bindings.sent(text, None, &reading).map_err(unbound)? {
            Sent::Absent => {}
            sent => drop(read.insert(name.to_owned(), sent.text())),
        }
        Ok(())
    };
    put("supported", settings.supported.as_ref())?;
    put("baseline", settings.baseline.as_ref())?;
    Ok(read)
}

async fn start(run: &Run<'_>, settings: &IndexMap<String, String>) -> Result<State, Missed> {
    let setup = &run.world.setup;
    let starter = setup.starter.as_ref().ok_or_else(|| Missed::not_applicable("needs settings"))?;
    let launched = match starter.start(settings).await? {
        Launch::Up(launched) => launched,
        Launch::Refused { command, status, words } => {
            control(starter.as_ref()).await?;
            return Ok(State::Refused { command, status, words });
        }
    };
    let mut setup = Setup { issuer: launched.issuer().to_owned(), register_scope: None, ..setup.clone() };
    if let Some(supported) = settings.get("supported") {
        // None configured: what the metadata lists.
        setup.grantable = supported.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
    }
    match World::prepare(setup, run.world.wire.again(), run.world.seed).await {
        Ok(world) => Ok(State::Up(launched, Box::new(world))),
        Err(error) => {
            launched.stop().await;
            Err(Missed::blocked(error.to_string()))
        }
    }
}

/// Starts the server with the settings of its table, beside a start that was refused: where it does not start with these either, the settings are not why.
async fn control(starter: &dyn Starter) -> Result<(), Missed> {
    match starter.start(&IndexMap::new()).await? {
        Launch::Up(launched) => {
            launched.stop().await;
            Ok(())
        }
        // What it printed may hold secrets, and is for nobody but who starts it.
        Launch::Refused { command, status, .. } => Err(Missed::blocked(format!(
            "the server does not start with the settings of its table either ({status}); start it by hand: {command}"
        ))),
    }
}

impl Anew {
    /// The server, if it is up.
    pub(super) fn world(&self) -> Option<&World> {
        match &self.state {
            State::Up(_, world) => Some(world),
            _ => None,
        }
    }

    /// Why a step that needs the server is not done.
    fn stranded(&self) -> Option<Missed> {
        match &self.state {
            State::Up(..) => None,
            State::Refused { status, .. } => {
                Some(Missed::blocked(format!("the server did not start ({status})")))
            }
            State::Missed(missed) => Some(missed.clone()),
        }
    }

    /// Ends the server.
    pub(super) async fn stop(self) {
        if let State::Up(launched, _) = self.state {
            launched.stop().await;
        }
    }
}

impl Session<'_> {
    /// What keeps a step from being done because the server of its case is not there.
    pub(super) fn stranded(&self, verb: Verb<'_>) -> Option<Missed> {
        self.anew.filter(|_| !matches!(verb, Verb::Start(_))).and_then(Anew::stranded)
    }

    /// The answer of the step that started the server.
    pub(super) fn started(&mut self) -> Result<Answer, Missed> {
        let anew = self.anew.ok_or_else(|| Missed::blocked("the server was not started by this case"))?;
        let mut fields = Map::new();
        let (command, words, how, outcome) = match &anew.state {
            State::Missed(missed) => return Err(missed.clone()),
            State::Up(launched, _) => (launched.command(), String::new(), "ready", Outcome::Accepted),
            State::Refused { command, status, words } => {
                fields.insert("told".to_owned(), Value::from(told(words)));
                // What stands above the error may hold anything that the server logs.
                let words = error_lines(words).join("\n");
                (command.as_str(), words, status.as_str(), Outcome::RefusedElsewhere)
            }
        };
        let settings = anew.settings.iter().map(|(name, value)| format!(" {name}=\"{value}\""));
        let shown = format!("{command}  #{}", settings.collect::<String>());
        let exchange = self.recorder.len();
        self.recorder.record_run(&self.step, &shown, &words, how, self.clock.elapsed_ms(), 0);
        let event = Event { name: "decided", exchange: Some(exchange), detail: how.to_owned() };
        Ok(Answer::plain("start", outcome, vec![event], fields))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::BoxFuture;

    use super::*;
    use crate::judge::MissedKind;

    /// A server that never starts, whatever it is told.
    #[derive(Debug)]
    struct Stubborn;

    impl Starter for Stubborn {
        fn start<'a>(
            &'a self,
            _settings: &'a IndexMap<String, String>,
        ) -> BoxFuture<'a, Result<Launch, Missed>> {
            let words = "Error: the port 9000 is taken".to_owned();
            let refused =
                Launch::Refused { command: "serve".to_owned(), status: "exit status 1".to_owned(), words };
            Box::pin(async { Ok(refused) })
        }
    }

    #[tokio::test]
    async fn a_server_that_never_starts_has_refused_no_setting() {
        let missed = control(&Stubborn).await.unwrap_err();
        assert!(missed.kind == MissedKind::Blocked, "{}", missed.why);
        insta::assert_snapshot!(missed.why, @"the server does not start with the settings of its table either (exit status 1); start it by hand: serve");
    }
}
