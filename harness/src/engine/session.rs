//! The state of one instance while its steps are done.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
};

use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Text, Word},
};

use super::anew::Anew;
use crate::{
    judge::{Answers, Event, Missed, Reading, Scopes, unbound},
    plan::{Bindings, Fields, Given, Sent, Unbound},
    subject::{Client, ClientMode, Registration, World},
    system::{Clock, Dice},
    wire::{REGISTRATION, Recorder, Reply, Request},
};

/// Told the id of each step before it is done: a script answers by step.
pub type StepHook = Arc<dyn Fn(&str) + Send + Sync>;

/// A code or a refresh token, and what it stands for.
#[derive(Clone)]
pub(super) struct Grant {
    /// The client that it was issued to.
    pub(super) client: Arc<Client>,
    /// The PKCE verifier of a code; empty for a refresh token.
    pub(super) verifier: String,
    /// What was asked for; `None` where scope was omitted.
    pub(super) requested: Option<Scopes>,
    /// What the original grant gave (refresh tokens).
    pub(super) granted: Option<Scopes>,
    /// The redirect URI of the authorization request.
    pub(super) redirect_uri: String,
}

/// The state of one instance.
pub(super) struct Session<'w> {
    pub(super) world: &'w World,
    /// The server that the case has started for itself; `world` is that server if it is up.
    pub(super) anew: Option<&'w Anew>,
    pub(super) catalog: &'w Catalog,
    pub(super) bindings: Bindings,
    pub(super) recorder: Recorder,
    pub(super) dice: Dice,
    pub(super) clock: Clock,
    pub(super) answers: Answers,
    /// The clients of `register` steps, by step.
    pub(super) own: HashMap<String, Arc<Client>>,
    /// The client that the case asks for in its header.
    pub(super) fresh: Option<Arc<Client>>,
    /// `public` or `confidential`.
    pub(super) kind: &'static str,
    /// The variants whose registration stands in the record already.
    pub(super) shown: HashSet<&'static str>,
    pub(super) codes: HashMap<String, Grant>,
    pub(super) refresh_tokens: HashMap<String, Grant>,
    /// Who an access token was issued to.
    pub(super) token_clients: HashMap<String, Arc<Client>>,
    /// Steps whose effective scope somebody asks for: their tokens are introspected.
    pub(super) weighed: HashSet<String>,
    /// Steps whose refresh token a later step presents.
    pub(super) refreshed: HashSet<String>,
    /// A scope that a flow asks for beside its own.
    pub(super) also: Option<&'static str>,
    /// Introspection (or the claim of a JWT) has told the scope of a token of this instance: where it tells none, there is none.
    pub(super) introspection_tells: bool,
    pub(super) claims_tell: bool,
    /// The step being done.
    pub(super) step: String,
    /// Inside a flow: what `use` was given, and the answers of its inner steps.
    pub(super) given: Option<Given>,
    pub(super) inner: Answers,
    pub(super) hook: Option<StepHook>,
}

impl fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("step", &self.step).finish_non_exhaustive()
    }
}

/// An answer together with its place in the record.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) reply: Reply,
    pub(super) exchange: usize,
}

impl Received {
    /// The answer, unless it is a rate limit.
    fn unlimited(self) -> Result<Self, Missed> {
        if self.reply.status == 429 {
            return Err(Missed::blocked(
                "rate limited (HTTP 429); run with a lower --rate, or lift the limit for the test",
            ));
        }
        Ok(self)
    }

    /// The event that an answer came.
    pub(super) fn event(&self, name: &'static str) -> Event {
        Event { name, exchange: Some(self.exchange), detail: format!("HTTP {}", self.reply.status) }
    }
}

impl Session<'_> {
    /// Sends a request and puts it down. No answer, or a rate limit, is nobody's verdict: the step is `blocked`.
    pub(super) async fn send(&mut self, request: Request) -> Result<Received, Missed> {
        self.exchange(&request).await?.unlimited()
    }

    /// Sends a registration, as `send` does, and waits for its turn where the server says that it came too soon.
    pub(super) async fn enrol(&mut self, request: Request) -> Result<Received, Missed> {
        let mut turn = self.world.clients.turn();
        loop {
            let received = self.exchange(&request).await?;
            if !turn.again(&received.reply).await {
                return received.unlimited();
            }
        }
    }

    async fn exchange(&mut self, request: &Request) -> Result<Received, Missed> {
        let started = self.clock.elapsed_ms();
        let result = self.world.wire.send(request).await;
        let duration = self.clock.elapsed_ms().saturating_sub(started);
        let exchange = self.recorder.len();
        self.recorder.record(&self.step, request, &result, started, duration);
        let reply = result.map_err(|error| Missed::blocked(error.to_string()))?;
        Ok(Received { reply, exchange })
    }

    /// Fills in a value of the case.
    pub(super) fn sent(&self, text: Option<&Text>) -> Result<Sent, Missed> {
        self.bindings.sent(text, self.given.as_ref(), self).map_err(unbound)
    }

    /// Fills in a string of the case.
    pub(super) fn string(&self, text: &str) -> Result<String, Missed> {
        self.bindings.string(text, self.given.as_ref(), self).map_err(unbound)
    }

    /// The name that a step gives its client, filled in; empty where nobody names one, in a flow neither the step that uses it.
    pub(super) fn client_name(&self, name: Option<&Word>) -> Result<String, Missed> {
        name.map_or_else(|| Ok(String::new()), |word| self.string(word.as_str()))
    }

    /// The client that a step names; without a name, the one of the case.
    pub(super) async fn client(&mut self, name: Option<&Word>) -> Result<Arc<Client>, Missed> {
        let client = self.named_client(name).await?;
        // A client that was registered outside of this record has an id and secrets that the record has not seen. A configured id is no
        // secret, and may be a word that stands elsewhere.
        if self.world.setup.client == ClientMode::Dynamic {
            self.recorder.labels.learn("client_id", &client.id);
        }
        if let Some(secret) = &client.secret {
            self.recorder.labels.learn("client_secret", secret);
        }
        if let Some((uri, token)) = &client.management {
            self.recorder.labels.learn("registration_token", token);
            self.recorder.labels.learn("client_uri", uri);
        }
        Ok(client)
    }

    /// The client of a variant. The exchange that registered it is put into the record when the instance first rests on it.
    pub(super) async fn shared(&mut self, kind: &'static str) -> Result<Arc<Client>, Missed> {
        let registration = super::clients::shared(self.world, kind, self.clock).await;
        if self.shown.insert(kind) {
            self.show(&registration);
        }
        registration.client
    }

    /// Puts the exchange of a registration into the record.
    pub(super) fn show(&mut self, registration: &Registration) {
        if let Some(sent) = &registration.sent {
            self.recorder.record(
                REGISTRATION,
                &sent.request,
                &sent.result,
                sent.started_ms,
                sent.duration_ms,
            );
        }
    }

    async fn named_client(&mut self, name: Option<&Word>) -> Result<Arc<Client>, Missed> {
        let name = self.client_name(name)?;
        match name.as_str() {
            "" => match &self.fresh {
                Some(client) => Ok(Arc::clone(client)),
                None => self.shared(self.kind).await,
            },
            "shared" => self.shared(self.kind).await,
            "unknown" => Ok(Arc::new(super::clients::stranger(self.world, &mut self.dice))),
            step => match self.own.get(step) {
                Some(client) => Ok(Arc::clone(client)),
                None => Err(match self.answers.get(step) {
                    Some(crate::judge::StepState::Missed(missed)) => missed.clone(),
                    _ => Missed::blocked(format!("step `{step}` registered no client")),
                }),
            },
        }
    }
}

impl Fields for Session<'_> {
    fn field(&self, path: &[String]) -> Result<String, Unbound> {
        let answers = if path.first().is_some_and(|step| self.inner.contains_key(step)) {
            &self.inner
        } else {
            &self.answers
        };
        Reading { answers, bindings: &self.bindings }.field(path)
    }
}
