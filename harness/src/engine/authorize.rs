//! `authorize`: an authorization request with PKCE and state, followed to its end.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use scopecheck_scenarios::model::Authorize;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{
    session::{Grant, Session},
    steps::fields,
    walk::Landed,
};
use crate::{
    judge::{Answer, Event, Missed, Outcome, Scopes},
    plan::Sent,
    wire::{Encoding, Pair, encode},
};

impl Session<'_> {
    /// Sends an authorization request.
    pub(super) async fn authorize(&mut self, authorize: &Authorize) -> Result<Answer, Missed> {
        let endpoint = self.world.endpoint("authorization_endpoint")?;
        let client = self.client(authorize.client.as_ref()).await?;
        let scope = self.sent(authorize.scope.as_ref())?;
        let state = match self.sent(authorize.state.as_ref())? {
            Sent::Absent => self.dice.word(24),
            sent => sent.text(),
        };
        let redirect_uri = match self.sent(authorize.redirect_uri.as_ref())? {
            Sent::Absent => client.redirect_uri.clone(),
            sent => sent.text(),
        };
        let verifier = self.dice.word(48);
        let mut pairs = vec![
            Pair::new("response_type", "code"),
            Pair::new("client_id", client.id.as_str()),
            Pair::new("redirect_uri", redirect_uri.as_str()),
        ];
        let encoding = match authorize.encoding.as_ref().map(|word| word.as_str()) {
            Some(word) => encoding(&self.string(word)?),
            None => Encoding::Plus,
        };
        for value in scope.values() {
            pairs.push(Pair { name: "scope".to_owned(), value: value.to_vec(), encoding });
        }
        pairs.push(Pair::new("state", state.as_str()));
        pairs.push(Pair::new("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))));
        pairs.push(Pair::new("code_challenge_method", "S256"));
        if self.also.is_some() {
            pairs.push(Pair::new("prompt", "consent"));
        }
        for (name, text) in &authorize.params {
            for value in self.sent(Some(text))?.values() {
                pairs.push(Pair::new(name.as_str(), value.to_vec()));
            }
        }
        self.recorder.labels.learn("verifier", &verifier);
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        let landed = self
            .walk(
                format!("{endpoint}{joint}{}", encode(&pairs)),
                &redirect_uri,
                authorize.follow != Some(false),
            )
            .await?;
        let mut answer = arrived(landed);
        let requested = asked(&scope);
        answer.fields.insert("sent_state".to_owned(), Value::String(state));
        answer.fields.insert("redirect_uri".to_owned(), Value::String(redirect_uri.clone()));
        if let Some(code) = answer.fields.get("code").and_then(Value::as_str) {
            let grant = Grant { client, verifier, requested: requested.clone(), granted: None, redirect_uri };
            self.codes.insert(code.to_owned(), grant);
        }
        answer.requested = requested;
        Ok(answer)
    }
}

/// Puts where a request landed into an answer.
pub(super) fn arrived(landed: Landed) -> Answer {
    match landed {
        Landed::RedirectUri { location, parameters, received } => {
            let mut fields = Map::new();
            fields.insert("status".to_owned(), Value::from(received.reply.status));
            fields.insert("location".to_owned(), Value::String(location));
            fields.insert("landed".to_owned(), Value::from("redirect-uri"));
            for (name, value) in parameters {
                if matches!(name.as_str(), "code" | "state" | "error" | "error_description" | "scope" | "iss")
                {
                    fields.entry(name).or_insert(Value::String(value));
                }
            }
            let outcome = match (fields.get("error").and_then(Value::as_str), fields.contains_key("code")) {
                (Some(code), _) => Outcome::Refused(code.to_owned()),
                (None, true) => Outcome::Accepted,
                (None, false) if fields.get("location").and_then(Value::as_str).is_some_and(in_fragment) => {
                    Outcome::RefusedElsewhere
                }
                (None, false) => Outcome::Unreadable,
            };
            let mut events = vec![received.event("answered")];
            if outcome != Outcome::Unreadable {
                let detail = format!("redirected to the redirect URI, {outcome}");
                events.push(Event { detail, ..received.event("decided") });
            }
            if outcome.is_accepted() {
                events
                    .push(Event { detail: "a code was issued".to_owned(), ..received.event("code_issued") });
            }
            Answer::plain("authorize", outcome, events, fields)
        }
        Landed::Elsewhere { location, received } => {
            let mut fields = fields(&received);
            fields.insert("location".to_owned(), Value::String(location));
            fields.insert("landed".to_owned(), Value::from("elsewhere"));
            let events = vec![
                received.event("answered"),
                Event { detail: "sent on, not to the redirect URI".to_owned(), ..received.event("decided") },
            ];
            Answer::plain("authorize", Outcome::Accepted, events, fields)
        }
        Landed::Page(received, note) => {
            let mut fields = fields(&received);
            fields.insert("landed".to_owned(), Value::from("page"));
            let events = vec![received.event("answered")];
            Answer { note: Some(note), ..Answer::plain("authorize", Outcome::LoginRequired, events, fields) }
        }
        Landed::End(received) => {
            let mut fields = fields(&received);
            fields.insert("landed".to_owned(), Value::from("error-page"));
            let outcome = match received.reply.status {
                500..=599 => Outcome::ServerError,
                400..=499 => Outcome::RefusedElsewhere,
                _ => Outcome::Unreadable,
            };
            let mut events = vec![received.event("answered")];
            if outcome != Outcome::Unreadable {
                events.push(Event {
                    detail: format!("HTTP {}, {outcome}", received.reply.status),
                    ..received.event("decided")
                });
            }
            Answer::plain("authorize", outcome, events, fields)
        }
    }
}

/// Whether an error stands behind the `#`, where the client of a code flow does not look.
fn in_fragment(location: &str) -> bool {
    location.split_once('#').is_some_and(|(_, fragment)| fragment.contains("error="))
}

/// What was asked for: `None` where scope was left out or sent valueless, which is the same (RFC 6749 section 3.1).
pub(super) fn asked(scope: &Sent) -> Option<Scopes> {
    let asked = Scopes::read(&scope.text());
    (!asked.is_empty()).then_some(asked)
}

fn encoding(word: &str) -> Encoding {
    match word {
        "percent" => Encoding::Percent,
        "full" => Encoding::Full,
        _ => Encoding::Plus,
    }
}
