//! The protected resource: `GET /api/OPERATION`, with challenges of RFC 6750 section 3 that follow from the token's grant.

use serde_json::{Value, json};

use super::{answer::Out, log::Facts, state::State};
use crate::judge::Scopes;

/// The path below which the operations are, where they are called by plain HTTP.
pub(in crate::client) const PLAIN: &str = "/api";

impl State {
    /// Answers a call.
    pub(super) fn call(&mut self, operation: &str, authorization: Option<&str>) -> Out {
        let token = authorization.and_then(bearer);
        let mut facts = Facts::default();
        facts.parameters.insert("operation".to_owned(), Value::from(operation));
        facts.parameters.insert("token".to_owned(), Value::Bool(token.is_some()));
        let known = self.rules.requires.contains_key(operation);
        let forbidden = self.rules.forbids.iter().any(|name| name == operation);
        if !known && !forbidden {
            return Out::json(404, &json!({ "error": "no such operation" })).meaning(facts);
        }
        match self.admit(token, &mut facts) {
            Ok(granted) => match self.permit(operation, &granted, facts) {
                Ok(facts) => Out::json(200, &json!({ "operation": operation, "done": true })).meaning(facts),
                Err(refusal) => refusal,
            },
            Err(refusal) => refusal,
        }
    }

    /// What the token of a call was granted, or the refusal where there is no good one.
    pub(super) fn admit(&self, token: Option<&str>, facts: &mut Facts) -> Result<Scopes, Out> {
        if let Some(granted) = token.and_then(|token| self.tokens.get(token)) {
            facts.events.push("token_used");
            return Ok(granted.clone());
        }
        let error = token.map(|_| "invalid_token");
        Err(self.challenge(401, error, &self.rules.entrance(), facts.clone()))
    }

    /// Whether a grant is enough for an operation, or the refusal.
    pub(super) fn permit(&self, operation: &str, granted: &Scopes, mut facts: Facts) -> Result<Facts, Out> {
        if self.rules.forbids.iter().any(|name| name == operation) {
            facts.events.push("denied");
            return Err(Out::json(403, &json!({ "error": "not for you" })).meaning(facts));
        }
        let required = self.rules.requires.get(operation).cloned().unwrap_or_default();
        if required.within(granted) {
            return Ok(facts);
        }
        facts.events.push("denied");
        Err(self.challenge(403, Some("insufficient_scope"), &required, facts))
    }

    fn challenge(&self, status: u16, error: Option<&str>, scope: &Scopes, mut facts: Facts) -> Out {
        let mut parameters = Vec::new();
        parameters.extend(error.map(|error| format!("error=\"{error}\"")));
        if self.rules.names_scope && !scope.is_empty() {
            let scope = scope.iter().collect::<Vec<_>>().join(" ");
            parameters.push(format!("scope=\"{}\"", quoted(&scope)));
            facts.challenged = Some(scope);
        }
        let document = format!("{}{}{}", self.origin, super::metadata::RESOURCE, self.base);
        parameters.push(format!("resource_metadata=\"{document}\""));
        facts.events.push("challenge_sent");
        let before = self.rules.before.as_ref().map_or_else(String::new, |before| format!("{before}, "));
        let body = json!({ "error": error.unwrap_or("no token") });
        Out::json(status, &body)
            .header("www-authenticate", format!("{before}Bearer {}", parameters.join(", ")))
            .meaning(facts)
    }
}

/// The token of an `Authorization` field; the name of the scheme has no case (RFC 9110 section 11.1).
pub(super) fn bearer(field: &str) -> Option<&str> {
    let (scheme, token) = field.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start_matches(' '))
}

/// The inside of a quoted string (RFC 9110 section 5.6.4).
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
