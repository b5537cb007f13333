//! `introspect`: what the server says of a token (RFC 7662).

use std::sync::Arc;

use scopecheck_scenarios::model::Introspect;
use serde_json::{Map, Value};

use super::{
    session::{Received, Session},
    steps::{decided, fields, json_outcome},
};
use crate::{
    judge::{Answer, Missed, Outcome},
    subject::Client,
    wire::Pair,
};

impl Session<'_> {
    /// The introspection answer for a token that was just issued; `None` where the server offers none, or tells this client nothing.
    pub(super) async fn introspect(
        &mut self,
        token: &str,
        owner: &Arc<Client>,
    ) -> Result<Option<Map<String, Value>>, Missed> {
        for client in self.introspectors(owner).await {
            let Some(received) = self.ask(token, &client).await? else { return Ok(None) };
            if let Some(Value::Object(body)) = received.reply.json()
                && received.reply.status == 200
                && body.get("active") == Some(&Value::Bool(true))
            {
                return Ok(Some(body));
            }
        }
        Ok(None)
    }

    /// The step: an answer is accepted if it is an object that says `active`.
    pub(super) async fn introspect_step(&mut self, introspect: &Introspect) -> Result<Answer, Missed> {
        let token = self.sent(Some(&introspect.token))?.text();
        let owner = match self.token_clients.get(&token) {
            Some(client) => Arc::clone(client),
            None => self.client(None).await?,
        };
        let mut last = None;
        for client in self.introspectors(&owner).await {
            let received = self
                .ask(&token, &client)
                .await?
                .ok_or_else(|| Missed::not_applicable("needs introspection"))?;
            let outcome = json_outcome(&received, |body| body.get("active").is_some_and(Value::is_boolean));
            if outcome == Outcome::Refused("unsupported_token_type".to_owned()) {
                return Err(Missed::not_applicable("the server does not introspect tokens of this kind"));
            }
            let accepted = outcome.is_accepted();
            let mut fields = fields(&received);
            if let Some(body) = fields.get("body").cloned() {
                fields.insert("introspection".to_owned(), body);
            }
            last = Some(Answer::plain("introspect", outcome.clone(), decided(&received, &outcome), fields));
            if accepted {
                break;
            }
        }
        match last {
            Some(answer) if matches!(answer.field(&["status"]).and_then(Value::as_u64), Some(401 | 403)) => {
                Err(Missed::not_applicable("introspection is not open to the clients of this run"))
            }
            Some(answer) => Ok(answer),
            None => Err(Missed::not_applicable("needs introspection")),
        }
    }

    /// Who may ask: the owner if it has a secret, else the run's confidential client (RFC 7662 section 2.1 wants authorization), then the owner.
    async fn introspectors(&mut self, owner: &Arc<Client>) -> Vec<Arc<Client>> {
        if owner.secret.is_some() {
            return vec![Arc::clone(owner)];
        }
        let mut clients = Vec::with_capacity(2);
        if self.world.lacks(["client.confidential", "introspection"]).is_none()
            && let Ok(confidential) = self.shared("confidential").await
        {
            clients.push(confidential);
        }
        clients.push(Arc::clone(owner));
        clients
    }

    async fn ask(&mut self, token: &str, client: &Client) -> Result<Option<Received>, Missed> {
        if self.world.lacks(["introspection"]).is_some() {
            return Ok(None);
        }
        let Ok(endpoint) = self.world.endpoint("introspection_endpoint") else { return Ok(None) };
        self.form_request(endpoint, client, vec![Pair::new("token", token)]).await.map(Some)
    }
}
