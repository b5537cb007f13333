//! The state of one instance while its steps are done.

use scopecheck_scenarios::{
    model::{Step, Text, TokenRequest, Verb},
    vocabulary::{TOKEN_FLAWS, TOKEN_FORMS, words},
};
use serde_json::{Map, Value};

use super::{
    ResourceWorld,
    mint::{Circumstances, Order, mint},
};
use crate::{
    judge::{Answer, Answers, Event, Missed, Outcome, Reading, Scopes, StepState, read_jwt, unbound},
    plan::{Bindings, Sent},
    system::{Clock, Dice},
    wire::{Recorder, Reply, Request},
};

/// The state of one instance.
pub(super) struct Session<'w> {
    pub(super) world: &'w ResourceWorld,
    pub(super) bindings: Bindings,
    pub(super) recorder: Recorder,
    pub(super) answers: Answers,
    pub(super) dice: Dice,
    pub(super) clock: Clock,
    /// The step being done.
    pub(super) step: String,
}

/// An answer together with its place in the record.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) reply: Reply,
    pub(super) exchange: usize,
}

impl Received {
    /// An event that this answer shows.
    pub(super) fn event(&self, name: &'static str) -> Event {
        Event { name, exchange: Some(self.exchange), detail: format!("HTTP {}", self.reply.status) }
    }
}

impl Session<'_> {
    /// Does a step; what keeps it from being done is an answer, too.
    pub(super) async fn do_step(&mut self, step: &Step) -> StepState {
        let from = self.recorder.len();
        let done = match step.verb() {
            Some(Verb::Token(token)) => self.token(token),
            Some(Verb::Call(call)) => self.call(call).await,
            Some(Verb::Discover(_)) => self.discover().await,
            _ => Err(Missed::blocked(
                "a resource case makes tokens, calls operations and reads metadata only; `scopecheck case lint` says where",
            )),
        };
        match done {
            Ok(mut answer) => {
                answer.exchanges = from..self.recorder.len();
                StepState::Ran(Box::new(answer))
            }
            Err(missed) => StepState::Missed(missed),
        }
    }

    /// Sends a request and puts it down. No answer, or a rate limit, is nobody's verdict: the step is `blocked`.
    pub(super) async fn send(&mut self, request: &Request) -> Result<Received, Missed> {
        let started = self.clock.elapsed_ms();
        let result = self.world.wire.send(request).await;
        let duration = self.clock.elapsed_ms().saturating_sub(started);
        let exchange = self.recorder.len();
        self.recorder.record(&self.step, request, &result, started, duration);
        let reply = result.map_err(|error| Missed::blocked(error.to_string()))?;
        if reply.status == 429 {
            return Err(Missed::blocked(
                "rate limited (HTTP 429); run with a lower --rate, or lift the limit for the test",
            ));
        }
        Ok(Received { reply, exchange })
    }

    /// Makes a token.
    fn token(&mut self, token: &TokenRequest) -> Result<Answer, Missed> {
        let word = |text: Sent| match text {
            Sent::Absent => None,
            sent => Some(sent.text()).filter(|word| !word.is_empty()),
        };
        let scope = self.scopes(token.scope.as_ref())?;
        let form = word(self.sent(token.form.as_ref())?).unwrap_or_else(|| "scope-string".to_owned());
        let flaw = word(self.sent(token.flaw.as_ref())?);
        let order = Order { scope: scope.clone(), form, scp: self.scopes(token.scp.as_ref())?, flaw };
        let flaws = order.flaw.as_deref().into_iter().map(|flaw| (flaw, TOKEN_FLAWS));
        for (word, known) in flaws.chain([(order.form.as_str(), TOKEN_FORMS)]) {
            if !words(known).any(|known| known == word) {
                return Err(Missed::blocked(format!(
                    "`{word}` is no word for a token; `scopecheck case lint` knows them"
                )));
            }
        }
        let id = self.dice.word(16);
        let of = Circumstances { audience: &self.world.setup.url, now: self.clock.epoch(), id: &id };
        let made =
            mint(&self.world.issuer, &order, &of).map_err(|error| Missed::blocked(error.to_string()))?;
        self.recorder.labels.learn("token", &made);
        let mut fields = Map::new();
        let text = |scopes: &Scopes| Value::String(scopes.iter().collect::<Vec<_>>().join(" "));
        fields.extend(scope.as_ref().map(|scope| ("scope".to_owned(), text(scope))));
        if let Some(jwt) = read_jwt(&made) {
            fields.insert("claims".to_owned(), Value::Object(jwt.claims));
            fields.insert("header".to_owned(), Value::Object(jwt.header));
        }
        fields.insert("access_token".to_owned(), Value::String(made));
        let stated = scope.clone().unwrap_or_default();
        let event =
            Event { name: "token_issued", exchange: None, detail: format!("of the scope `{stated}`") };
        Ok(Answer {
            requested: scope.clone(),
            claimed: scope,
            effective: Some(stated),
            ..Answer::plain("token", Outcome::Accepted, vec![event], fields)
        })
    }

    fn sent(&self, text: Option<&Text>) -> Result<Sent, Missed> {
        let reading = Reading { answers: &self.answers, bindings: &self.bindings };
        self.bindings.sent(text, None, &reading).map_err(unbound)
    }

    /// A set of scopes; `None` where the case says none. An empty one is a set, too.
    fn scopes(&self, text: Option<&Text>) -> Result<Option<Scopes>, Missed> {
        Ok(match self.sent(text)? {
            Sent::Absent => None,
            sent => Some(Scopes::read(&sent.text())),
        })
    }
}
