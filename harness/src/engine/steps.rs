//! One step: its verb is done, and what became of it is put into an answer.

use scopecheck_scenarios::model::{Step, Verb};
use serde_json::{Map, Value};

use super::session::{Received, Session};
use crate::judge::{Event, Missed, Outcome, StepState};

impl Session<'_> {
    /// Does a step; what keeps it from being done is an answer, too.
    pub(super) async fn step(&mut self, step: &Step) -> StepState {
        let Some(verb) = step.verb() else {
            return StepState::Missed(Missed::blocked(
                "the step has no verb; `scopecheck case lint` says where",
            ));
        };
        if let Some(missed) = self.stranded(verb) {
            return StepState::Missed(missed);
        }
        let from = self.recorder.len();
        let done = match verb {
            Verb::Discover(discover) => self.discover(discover).await,
            Verb::Register(register) => self.register(step.id.as_str(), register).await,
            Verb::Update(update) => self.update(update).await,
            Verb::Read(client) => self.read(client).await,
            Verb::Delete(client) => self.delete(client).await,
            Verb::Authorize(authorize) => self.authorize(authorize).await,
            Verb::Token(token) => self.token(token).await,
            Verb::Refresh(refresh) => self.refresh(refresh).await,
            Verb::Introspect(introspect) => self.introspect_step(introspect).await,
            Verb::Revoke(revoke) => self.revoke(revoke).await,
            Verb::Raw(raw) => self.raw(raw).await,
            Verb::Use(flow) => Box::pin(self.flow(step, flow)).await,
            Verb::Start(_) => self.started(),
            Verb::Log(records) => self.log(records).await,
            Verb::Device(_)
            | Verb::Exchange(_)
            | Verb::Par(_)
            | Verb::Call(_)
            | Verb::Invoke(_)
            | Verb::Login(_)
            | Verb::Run(_) => Err(Missed::blocked(format!(
                "the verb `{}` is not executed by this version of scopecheck",
                verb.word()
            ))),
        };
        match done {
            Ok(mut answer) => {
                answer.exchanges = from..self.recorder.len();
                StepState::Ran(Box::new(answer))
            }
            Err(missed) => StepState::Missed(missed),
        }
    }
}

/// The fields that every answer has: the status, and the members of a JSON object under `body`.
pub(super) fn fields(received: &Received) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("status".to_owned(), Value::from(received.reply.status));
    if let Some(Value::Object(body)) = received.reply.json() {
        for name in [
            "error",
            "error_description",
            "scope",
            "client_id",
            "client_secret",
            "access_token",
            "refresh_token",
        ] {
            if let Some(value) = body.get(name) {
                fields.insert(name.to_owned(), value.clone());
            }
        }
        fields.insert("body".to_owned(), Value::Object(body));
    }
    fields
}

/// The outcome of a request that is answered with JSON: accepted if `good`, else refused with the code that the body names.
pub(super) fn json_outcome(received: &Received, good: impl Fn(&Map<String, Value>) -> bool) -> Outcome {
    let reply = &received.reply;
    match (reply.status, reply.json()) {
        (500..=599, _) => Outcome::ServerError,
        (200..=299, Some(Value::Object(body))) if good(&body) => Outcome::Accepted,
        (200..=299, _) => Outcome::Unreadable,
        (400..=499, Some(Value::Object(body))) => match body.get("error").and_then(Value::as_str) {
            Some(code) => Outcome::Refused(code.to_owned()),
            None => Outcome::RefusedElsewhere,
        },
        _ if reply.oversized => Outcome::Unreadable,
        _ => Outcome::RefusedElsewhere,
    }
}

/// Why an answer cannot be read, if it cannot.
pub(super) fn unreadable(received: &Received, outcome: &Outcome) -> Option<&'static str> {
    let reply = &received.reply;
    (*outcome == Outcome::Unreadable).then_some(match reply.json() {
        None if reply.oversized => "the body is larger than 1 MiB",
        None if reply.is_html() => "an HTML page instead of JSON",
        None => "the body is no JSON",
        Some(Value::Object(_)) => "the JSON object lacks what was asked for",
        Some(_) => "JSON, but no object",
    })
}

/// The events of a request that is answered directly.
pub(super) fn decided(received: &Received, outcome: &Outcome) -> Vec<Event> {
    let mut events = vec![received.event("answered")];
    if *outcome != Outcome::Unreadable {
        events.push(Event {
            detail: format!("HTTP {}, {outcome}", received.reply.status),
            ..received.event("decided")
        });
    }
    events
}
