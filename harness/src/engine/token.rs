//! `token` and `refresh`: requests to the token endpoint, and the weighing of what comes back.

use std::sync::Arc;

use scopecheck_scenarios::model::{Refresh, Revoke, TokenRequest};
use serde_json::Value;

use super::{
    authorize::asked,
    session::{Grant, Received, Session},
    steps::{decided, fields, json_outcome, unreadable},
};
use crate::{
    judge::{Answer, Missed, Outcome, Scopes, Weighed, classify, read_jwt},
    plan::Sent,
    subject::Client,
    wire::{Pair, Request, encode},
};

/// Scopes that mean something to the authorization server alone: an access token for a resource need not claim them
/// (RFC 9068 section 2.2.3).
const OF_THE_SERVER: &[&str] = &["openid", "profile", "email", "address", "phone", "offline_access"];

/// What a grant is compared with.
#[derive(Debug, Default)]
pub(super) struct Measure {
    /// What was asked for.
    pub(super) requested: Option<Scopes>,
    /// What the effective set is compared with.
    pub(super) reference: Option<Scopes>,
    /// What may not be left.
    pub(super) ceiling: Option<Scopes>,
    /// What the original grant gave, where this is a refresh.
    pub(super) original: Option<Scopes>,
}

impl Session<'_> {
    /// Redeems a code, or asks for a token with the client's own credentials.
    pub(super) async fn token(&mut self, token: &TokenRequest) -> Result<Answer, Missed> {
        let grant = token.grant.as_ref().map_or("authorization_code", |grant| grant.as_str()).to_owned();
        let scope = self.sent(token.scope.as_ref())?;
        let mut pairs = vec![Pair::new("grant_type", grant.as_str())];
        let (client, measure) = if grant == "client_credentials" {
            if let Some(need) = self.world.lacks(["grant.client_credentials"]) {
                return Err(Missed::not_applicable(format!("needs {need}")));
            }
            let client = self.client(token.client.as_ref()).await?;
            if client.secret.is_none() {
                return Err(Missed::not_applicable("the client has no credentials of its own"));
            }
            (client, self.measure(asked(&scope)))
        } else {
            let code = match self.sent(token.code.as_ref())? {
                Sent::Absent => return Err(Missed::blocked("the step redeems no `code`")),
                sent => sent.text(),
            };
            let known = self.codes.get(&code).cloned();
            // A code is redeemed by the client that it was issued to, unless the step names another one.
            let client = match &known {
                Some(known) if self.client_name(token.client.as_ref())?.is_empty() => {
                    Arc::clone(&known.client)
                }
                _ => self.client(token.client.as_ref()).await?,
            };
            pairs.push(Pair::new("code", code.as_str()));
            let requested = known.as_ref().and_then(|known| known.requested.clone());
            if let Some(known) = &known {
                pairs.push(Pair::new("redirect_uri", known.redirect_uri.as_str()));
                pairs.push(Pair::new("code_verifier", known.verifier.as_str()));
            }
            (client, self.measure(requested))
        };
        for value in scope.values() {
            pairs.push(Pair::new("scope", value.to_vec()));
        }
        for (name, text) in &token.params {
            for value in self.sent(Some(text))?.values() {
                pairs.push(Pair::new(name.as_str(), value.to_vec()));
            }
        }
        let received = self.token_request(&client, pairs).await?;
        self.weigh("token", &received, &client, measure).await
    }

    /// Refreshes a grant.
    pub(super) async fn refresh(&mut self, refresh: &Refresh) -> Result<Answer, Missed> {
        let token = match self.sent(Some(&refresh.token))? {
            Sent::Absent => return Err(Missed::blocked("the step names no refresh token")),
            sent => sent.text(),
        };
        let known = self.refresh_tokens.get(&token).cloned();
        let client = match (&refresh.client, &known) {
            (None, Some(known)) => Arc::clone(&known.client),
            (name, _) => self.client(name.as_ref()).await?,
        };
        let scope = self.sent(refresh.scope.as_ref())?;
        let requested = asked(&scope);
        let original = known.and_then(|known| known.granted);
        let measure = Measure {
            reference: requested.clone().or_else(|| original.clone()),
            ceiling: original.clone(),
            requested,
            original,
        };
        let mut pairs =
            vec![Pair::new("grant_type", "refresh_token"), Pair::new("refresh_token", token.as_str())];
        pairs.extend(scope.values().into_iter().map(|value| Pair::new("scope", value.to_vec())));
        let received = self.token_request(&client, pairs).await?;
        let mut answer = self.weigh("refresh", &received, &client, measure).await?;
        // Without a new refresh token the client goes on with the one that it has (RFC 6749 section 6).
        if answer.outcome.is_accepted() && !answer.fields.contains_key("refresh_token") {
            answer.fields.insert("refresh_token".to_owned(), Value::String(token));
        }
        Ok(answer)
    }

    /// Revokes a token.
    pub(super) async fn revoke(&mut self, revoke: &Revoke) -> Result<Answer, Missed> {
        let endpoint = self
            .world
            .endpoint("revocation_endpoint")
            .map_err(|_| Missed::not_applicable("needs revocation"))?;
        let token = self.sent(Some(&revoke.token))?.text();
        let client = match self.token_clients.get(&token) {
            Some(client) => Arc::clone(client),
            None => self.client(None).await?,
        };
        let received = self.form_request(endpoint, &client, vec![Pair::new("token", token.as_str())]).await?;
        let outcome = match received.reply.status {
            200..=299 => Outcome::Accepted,
            _ => json_outcome(&received, |_| true),
        };
        if outcome == Outcome::Refused("unsupported_token_type".to_owned()) {
            return Err(Missed::not_applicable(
                "the server does not revoke tokens of this kind (RFC 7009 section 2.2.1)",
            ));
        }
        Ok(Answer::plain("revoke", outcome.clone(), decided(&received, &outcome), fields(&received)))
    }

    async fn token_request(&mut self, client: &Client, pairs: Vec<Pair>) -> Result<Received, Missed> {
        let endpoint = self.world.endpoint("token_endpoint")?;
        self.form_request(endpoint, client, pairs).await
    }

    pub(super) async fn form_request(
        &mut self,
        url: String,
        client: &Client,
        mut pairs: Vec<Pair>,
    ) -> Result<Received, Missed> {
        let request = client.authenticate(&mut pairs, Request::get(url));
        let headers = request.headers;
        let mut request = Request::post(request.url, "application/x-www-form-urlencoded", encode(&pairs));
        request.headers = headers;
        self.send(request).await
    }

    /// A request is measured by itself and the documented default; without either, nothing is known to be too much.
    fn measure(&self, requested: Option<Scopes>) -> Measure {
        let default = self.world.setup.default.as_deref().map(Scopes::read);
        let ceiling = match (&requested, &default) {
            (Some(requested), Some(default)) => Some(requested.and(default)),
            (Some(requested), None) => Some(requested.clone()),
            (None, default) => default.clone(),
        };
        Measure { reference: requested.clone().or(default), requested, ceiling, original: None }
    }

    /// Puts a token response into an answer: what it says, what the token claims, what introspection says, and what applies.
    pub(super) async fn weigh(
        &mut self,
        verb: &'static str,
        received: &Received,
        client: &Arc<Client>,
        measure: Measure,
    ) -> Result<Answer, Missed> {
        let base = json_outcome(received, |body| body.get("access_token").is_some_and(Value::is_string));
        let mut events = decided(received, &base);
        let mut fields = fields(received);
        if !base.is_accepted() {
            let note = unreadable(received, &base);
            return Ok(Answer {
                requested: measure.requested,
                note,
                ..Answer::plain(verb, base, events, fields)
            });
        }
        events.push(received.event("token_issued"));
        let token = fields.get("access_token").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.token_clients.insert(token.clone(), Arc::clone(client));
        let mut claimed = None;
        if let Some(jwt) = read_jwt(&token) {
            // A resource server may read either claim: together they are what the token says.
            claimed = ["scope", "scp"]
                .into_iter()
                .filter_map(|name| jwt.claims.get(name).and_then(listed))
                .reduce(|first, second| first.and(&second));
            self.claims_tell |= claimed.is_some();
            // A server that puts scopes into its tokens and puts none into this one has granted none.
            claimed = claimed.or_else(|| self.claims_tell.then(Scopes::default));
            fields.insert("claims".to_owned(), Value::Object(jwt.claims));
            fields.insert("header".to_owned(), Value::Object(jwt.header));
        }
        let mut introspected = None;
        if self.weighed.contains(&self.step)
            && let Some(body) = self.introspect(&token, client).await?
        {
            introspected = body.get("scope").and_then(Value::as_str).map(Scopes::read);
            self.introspection_tells |= introspected.is_some();
            introspected = introspected.or_else(|| self.introspection_tells.then(Scopes::default));
            fields.insert("introspection".to_owned(), Value::Object(body));
        }
        let said = fields.get("scope").filter(|value| !value.is_null());
        let in_answer = said.and_then(listed);
        let reference = measure.reference.clone();
        // What the answer is silent about is as it was asked for (RFC 6749 section 5.1).
        let told = in_answer.or_else(|| reference.clone()).unwrap_or_default();
        let effective = match (&introspected, &claimed) {
            (Some(known), _) => with_own(known, &told, &OF_THE_SERVER[..1], "offline_access"),
            (None, Some(known)) => with_own(known, &told, OF_THE_SERVER, "offline_access"),
            (None, None) => told,
        };
        let response = match said {
            None => Weighed::Absent,
            Some(Value::String(text)) => Weighed::Text(text),
            Some(_) => Weighed::OtherType,
        };
        let outcome = classify(reference.as_ref(), measure.ceiling.as_ref(), &effective, response);
        if let Some(refresh) = fields.get("refresh_token").and_then(Value::as_str) {
            let grant = Grant {
                client: Arc::clone(client),
                verifier: String::new(),
                requested: measure.requested.clone(),
                granted: Some(measure.original.clone().unwrap_or_else(|| effective.clone())),
                redirect_uri: String::new(),
            };
            self.refresh_tokens.insert(refresh.to_owned(), grant);
        }
        Ok(Answer {
            requested: measure.requested,
            claimed,
            introspected,
            effective: Some(effective),
            ..Answer::plain(verb, outcome, events, fields)
        })
    }
}

/// A scope list in any JSON form that is met in the wild.
fn listed(value: &Value) -> Option<Scopes> {
    match value {
        Value::String(text) => Some(Scopes::read(text)),
        Value::Array(items) => Some(Scopes::collect(items.iter().filter_map(Value::as_str))),
        _ => None,
    }
}

/// What is known, and of what was told the scopes that an access token need not claim.
fn with_own(known: &Scopes, told: &Scopes, own: &[&str], also: &str) -> Scopes {
    let kept: Vec<&str> = told.iter().filter(|scope| own.contains(scope) || *scope == also).collect();
    known.and(&Scopes::collect(kept))
}
