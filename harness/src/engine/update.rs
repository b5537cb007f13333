//! `update`: replacing a registration (RFC 7592 section 2.2).

use std::sync::Arc;

use scopecheck_scenarios::model::Update;
use serde_json::{Map, Value};

use super::{
    session::Session,
    steps::{decided, fields, json_outcome},
};
use crate::{
    judge::{Answer, Answers, Missed, Outcome, Scopes, StepState},
    plan::Sent,
    subject::Client,
    wire::{Body, Request},
};

/// What a client was told and must not send back.
const SERVER_ONLY: [&str; 4] = [
    "registration_access_token",
    "registration_client_uri",
    "client_secret_expires_at",
    "client_id_issued_at",
];

impl Session<'_> {
    /// Replaces a registration by what it was last shown as, with another scope or without one.
    pub(super) async fn update(&mut self, update: &Update) -> Result<Answer, Missed> {
        let client = self.client(Some(&update.client)).await?;
        let step = self.client_name(Some(&update.client))?;
        let (_, request) = self.management(&update.client, "PUT").await?;
        let mut members = shown(&self.answers, &client.id)
            .ok_or_else(|| Missed::blocked(format!("step `{step}` shows no registration to replace")))?;
        let scope = self.sent(update.scope.as_ref())?;
        if scope != Sent::Absent {
            members.insert("scope".to_owned(), Value::String(scope.text()));
        }
        let body = Body {
            content_type: "application/json".to_owned(),
            octets: Value::Object(members).to_string().into_bytes(),
        };
        let received = self.send(Request { body: Some(body), ..request }).await?;
        let outcome = json_outcome(&received, |body| body.get("client_id").is_some_and(Value::is_string));
        // RFC 7592 section 2.2 leaves it to the server whether a client may do this at all.
        let (status, named) = (received.reply.status, matches!(outcome, Outcome::Refused(_)));
        if matches!(status, 405 | 501) || (status == 403 && !named) {
            let why = format!("the server lets no client replace its registration (HTTP {status})");
            return Err(Missed::not_applicable(why));
        }
        let mut events = decided(&received, &outcome);
        let fields = fields(&received);
        if outcome.is_accepted() {
            events.push(received.event("registered"));
            let replaced = fields
                .get("body")
                .and_then(Value::as_object)
                .and_then(|body| Client::from_answer(body, &client.redirect_uri));
            if let Some(replaced) = replaced {
                self.replace(&step, &client, replaced);
            }
        }
        let requested = match &scope {
            Sent::Absent => None,
            sent => Some(Scopes::read(&sent.text())),
        };
        Ok(Answer { requested, ..Answer::plain("update", outcome, events, fields) })
    }

    /// The server may have changed the secrets; those that it does not show again stay.
    fn replace(&mut self, step: &str, old: &Client, new: Client) {
        let client = Arc::new(Client {
            management: new.management.clone().or_else(|| old.management.clone()),
            secret: new.secret.clone().or_else(|| old.secret.clone()),
            ..new
        });
        self.world.clients.forget(&old.id);
        self.world.clients.remember(Arc::clone(&client));
        self.own.insert(step.to_owned(), client);
    }
}

/// The registration as the last answer about it showed it, without scope and without what a client must not send back.
fn shown(answers: &Answers, client_id: &str) -> Option<Map<String, Value>> {
    let bodies = answers.values().rev().filter_map(|state| match state {
        StepState::Ran(answer) if answer.outcome.is_accepted() => answer.fields.get("body")?.as_object(),
        _ => None,
    });
    let mut about = bodies.filter(|body| body.get("client_id").and_then(Value::as_str) == Some(client_id));
    let mut members = about.find(|body| body.contains_key("token_endpoint_auth_method")).cloned()?;
    members
        .retain(|name, value| name != "scope" && !SERVER_ONLY.contains(&name.as_str()) && !value.is_null());
    Some(members)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::judge::Outcome;

    fn answers(bodies: &[(&str, Outcome, Value)]) -> Answers {
        let ran = |(step, outcome, body): &(&str, Outcome, Value)| {
            let fields = Map::from_iter([("body".to_owned(), body.clone())]);
            let state =
                StepState::Ran(Box::new(Answer::plain("register", outcome.clone(), Vec::new(), fields)));
            ((*step).to_owned(), state)
        };
        bodies.iter().map(ran).collect()
    }

    #[test]
    fn a_client_sends_back_what_it_was_last_shown_but_not_what_only_the_server_writes() {
        let first = json!({
            "client_id": "c", "client_secret": "s", "client_secret_expires_at": 0, "client_id_issued_at": 1,
            "registration_access_token": "t", "registration_client_uri": "u",
            "token_endpoint_auth_method": "none", "client_name": null, "scope": "a",
        });
        let other = json!({ "client_id": "d", "token_endpoint_auth_method": "none", "scope": "b" });
        let token = json!({ "client_id": "c", "access_token": "x" });
        let refused = json!({ "client_id": "c", "token_endpoint_auth_method": "refused" });
        let answers = answers(&[
            ("one", Outcome::Accepted, first),
            ("two", Outcome::Accepted, other),
            ("three", Outcome::Accepted, token),
            ("four", Outcome::Refused("invalid_client_metadata".to_owned()), refused),
        ]);
        let expected =
            json!({ "client_id": "c", "client_secret": "s", "token_endpoint_auth_method": "none" });
        assert_eq!(shown(&answers, "c").map(Value::Object), Some(expected));
        assert_eq!(shown(&answers, "e"), None);
    }
}
