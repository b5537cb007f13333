//! `register`, `read`, `delete`: registration (RFC 7591) and its management (RFC 7592).

use std::sync::Arc;

use scopecheck_scenarios::model::{Register, Word};
use serde_json::{Map, Value};

use super::{
    clients::members,
    session::Session,
    steps::{decided, fields, json_outcome},
};
use crate::{
    judge::{Answer, Missed, Outcome, Scopes},
    plan::Sent,
    subject::{Client, ClientMode},
    wire::Request,
};

impl Session<'_> {
    /// Registers a client; members given as JSON text go out octet by octet.
    pub(super) async fn register(&mut self, step: &str, register: &Register) -> Result<Answer, Missed> {
        if self.world.setup.client != ClientMode::Dynamic {
            return Err(Missed::not_applicable("needs registration"));
        }
        let endpoint = self
            .world
            .endpoint("registration_endpoint")
            .map_err(|_| Missed::not_applicable("needs registration"))?;
        let kind = register.client.as_ref().map_or(self.kind, |kind| {
            if kind.as_str() == "confidential" { "confidential" } else { "public" }
        });
        let mut members = members(self.world, kind);
        let scope = self.sent(register.scope.as_ref())?;
        let spliced = match self.sent(register.members.as_ref())? {
            Sent::Absent => String::new(),
            sent => object_members(&sent.text())?,
        };
        for name in names(&spliced) {
            members.shift_remove(&name);
        }
        if scope != Sent::Absent {
            members.insert("scope".to_owned(), Value::String(scope.text()));
        }
        let received =
            self.enrol(Request::post(endpoint, "application/json", splice(&members, &spliced))).await?;
        let outcome = json_outcome(&received, |body| body.get("client_id").is_some_and(Value::is_string));
        let mut events = decided(&received, &outcome);
        let mut fields = fields(&received);
        if outcome.is_accepted() {
            events.push(received.event("registered"));
            fields.insert("redirect_uri".to_owned(), Value::String(self.world.redirect_uri().to_owned()));
            if let Some(client) =
                body(&fields).and_then(|body| Client::from_answer(body, self.world.redirect_uri()))
            {
                let client = Arc::new(client);
                self.world.clients.remember(Arc::clone(&client));
                self.own.insert(step.to_owned(), client);
            }
        }
        let requested = match &scope {
            Sent::Absent => None,
            sent => Some(Scopes::read(&sent.text())),
        };
        Ok(Answer { requested, ..Answer::plain("register", outcome, events, fields) })
    }

    /// Reads a registration back.
    pub(super) async fn read(&mut self, client: &Word) -> Result<Answer, Missed> {
        let (_, request) = self.management(client, "GET").await?;
        let received = self.send(request).await?;
        let outcome = json_outcome(&received, |body| body.get("client_id").is_some_and(Value::is_string));
        let mut events = decided(&received, &outcome);
        if outcome.is_accepted() {
            events.push(received.event("registered"));
        }
        Ok(Answer::plain("read", outcome, events, fields(&received)))
    }

    /// Deletes a registration.
    pub(super) async fn delete(&mut self, client: &Word) -> Result<Answer, Missed> {
        let (id, request) = self.management(client, "DELETE").await?;
        let received = self.send(request).await?;
        let outcome = match received.reply.status {
            200..=299 => Outcome::Accepted,
            _ => json_outcome(&received, |_| true),
        };
        if outcome.is_accepted() {
            self.world.clients.forget(&id);
        }
        Ok(Answer::plain("delete", outcome.clone(), decided(&received, &outcome), fields(&received)))
    }

    /// Where a registration is managed, as a request that has its token.
    pub(super) async fn management(
        &mut self,
        client: &Word,
        method: &'static str,
    ) -> Result<(String, Request), Missed> {
        let client = self.client(Some(client)).await?;
        let (uri, token) = client
            .management
            .clone()
            .ok_or_else(|| Missed::not_applicable("needs registration.management"))?;
        let request =
            Request { method, ..Request::get(uri) }.header("authorization", format!("Bearer {token}"));
        Ok((client.id.clone(), request))
    }
}

fn body(fields: &Map<String, Value>) -> Option<&Map<String, Value>> {
    fields.get("body").and_then(Value::as_object)
}

/// The text between the braces of a JSON object.
fn object_members(text: &str) -> Result<String, Missed> {
    let inner = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner
        .map(|inner| inner.trim().to_owned())
        .ok_or_else(|| Missed::blocked("`members` is the JSON text of an object"))
}

/// The names of the spliced members, so that none of ours stands beside them.
fn names(spliced: &str) -> Vec<String> {
    match serde_json::from_str::<Value>(&format!("{{{spliced}}}")) {
        Ok(Value::Object(members)) => members.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

fn splice(members: &Map<String, Value>, spliced: &str) -> String {
    let text = Value::Object(members.clone()).to_string();
    if spliced.is_empty() {
        return text;
    }
    format!("{},{spliced}}}", text.trim_end_matches('}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_spliced_in_octet_by_octet() {
        let mut members = Map::new();
        members.insert("a".to_owned(), Value::from(1));
        let inner = object_members(r#"{ "scope": ["x","x"], "scope": null }"#).unwrap();
        assert_eq!(splice(&members, &inner), r#"{"a":1,"scope": ["x","x"], "scope": null}"#);
        assert_eq!(names(&inner), ["scope"]);
        assert!(object_members("[]").is_err());
    }
}
