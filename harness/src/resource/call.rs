//! `call`: an operation, with a token or without.

use scopecheck_scenarios::model::Call;
use serde_json::{Map, Value};

use super::{
    OperationKind,
    session::{Received, Session},
};
use crate::{
    judge::{Answer, Missed, Outcome, Reading, challenge_members},
    wire::Request,
};

impl Session<'_> {
    /// Calls an operation.
    pub(super) async fn call(&mut self, call: &Call) -> Result<Answer, Missed> {
        let number = call.operation;
        let operations = &self.world.setup.operations;
        let operation = usize::try_from(number).ok().and_then(|number| operations.get(number));
        let operation = operation
            .ok_or_else(|| Missed::not_applicable(format!("needs operation {number} in the target table")))?;
        let token = match &call.token {
            None => None,
            Some(step) => {
                let reading = Reading { answers: &self.answers, bindings: &self.bindings };
                let made = reading.answer(step.as_str())?.text(&["access_token"]);
                Some(made.ok_or_else(|| Missed::blocked(format!("step `{step}` made no token")))?)
            }
        };
        match &operation.kind {
            OperationKind::Tool { name } => self.tool(name, token.as_deref()).await,
            OperationKind::Http { method, path } => {
                let base = self.world.setup.url.trim_end_matches('/');
                let request = Request { method, ..Request::get(format!("{base}{path}")) };
                let received = self.send(&bearing(request, token.as_deref())).await?;
                let outcome = outcome(&received);
                Ok(called(&received, outcome))
            }
        }
    }
}

/// The request with the token, if there is one.
pub(super) fn bearing(request: Request, token: Option<&str>) -> Request {
    match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    }
}

/// What became of a call, by its status and its challenge. A refusal in the right form has a challenge; its code is `no_code` where the challenge
/// names none, as it should be for a call without a token (RFC 6750 section 3.1).
pub(super) fn outcome(received: &Received) -> Outcome {
    let reply = &received.reply;
    let fields: Vec<&str> = reply.header_values("www-authenticate").collect();
    let challenge = challenge_members(&fields);
    let code = challenge.get("error").and_then(Value::as_str);
    match (reply.status, challenge.contains_key("field")) {
        (500..=599, _) => Outcome::ServerError,
        (200..=299, _) => Outcome::Accepted,
        (400..=499, true) => Outcome::Refused(code.unwrap_or("no_code").to_owned()),
        _ => Outcome::RefusedElsewhere,
    }
}

/// The answer to a call: the challenge with its parts, and the body.
pub(super) fn called(received: &Received, outcome: Outcome) -> Answer {
    let reply = &received.reply;
    let mut fields = Map::new();
    fields.insert("status".to_owned(), Value::from(reply.status));
    if let Some(Value::Object(body)) = reply.json() {
        fields.extend(body.get("scope").map(|scope| ("scope".to_owned(), scope.clone())));
        fields.insert("body".to_owned(), Value::Object(body));
    }
    let given: Vec<&str> = reply.header_values("www-authenticate").collect();
    let challenge = challenge_members(&given);
    for (from, to) in
        [("error", "error"), ("error_description", "error_description"), ("scope", "challenged")]
    {
        fields.extend(challenge.get(from).map(|value| (to.to_owned(), value.clone())));
    }
    let mut events = vec![received.event("answered"), received.event("decided")];
    if let Some(last) = events.last_mut() {
        last.detail = format!("HTTP {}, {outcome}", reply.status);
    }
    if challenge.contains_key("field") {
        events.push(received.event("challenge_sent"));
    }
    fields.insert("challenge".to_owned(), Value::Object(challenge));
    Answer::plain("call", outcome, events, fields)
}
