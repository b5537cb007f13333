//! The protected resource: `GET /api/OPERATION`, with challenges of RFC 6750 section 3 that follow from the token's grant.

use serde_json::{Map, Value, json};

use super::{answer::Out, challenge::Challenge, log::Facts, state::State};
use crate::judge::Scopes;

/// The path below which the operations are, where they are called by plain HTTP.
pub(in crate::client) const PLAIN: &str = "/api";

impl State {
    /// Answers a call.
    pub(super) fn call(&mut self, operation: &str, authorization: Option<&str>) -> Out {
        let token = authorization.and_then(bearer);
        let mut facts = Facts::default();
        let denied = || self.rules.forbids.iter().chain(&self.rules.never).any(|name| name == operation);
        if !self.rules.requires.contains_key(operation) && !denied() {
            return Out::json(404, &json!({ "error": "no such operation" })).meaning(facts);
        }
        match self.admit(token, &mut facts) {
            Ok(granted) => match self.permit(operation, &granted, facts) {
                Ok(facts) => Out::json(200, &json!({ "operation": operation, "done": true })).meaning(facts),
                Err(refusal) => *refusal,
            },
            Err(refusal) => *refusal,
        }
    }

    /// What the token of a call was granted, or the refusal where there is no good one.
    pub(super) fn admit(&self, token: Option<&str>, facts: &mut Facts) -> Result<Scopes, Box<Out>> {
        if let Some(granted) = token.and_then(|token| self.tokens.get(token)) {
            facts.events.push("token_used");
            return Ok(granted.clone());
        }
        let error = token.map(|_| "invalid_token");
        Err(Box::new(self.challenge(401, error, &self.rules.entrance(), facts.clone())))
    }

    /// Whether a grant is enough for an operation, or the refusal.
    pub(super) fn permit(
        &self,
        operation: &str,
        granted: &Scopes,
        mut facts: Facts,
    ) -> Result<Facts, Box<Out>> {
        if self.rules.forbids.iter().any(|name| name == operation) {
            facts.events.push("denied");
            return Err(Box::new(Out::json(403, &json!({ "error": "not for you" })).meaning(facts)));
        }
        let required = self.rules.requires.get(operation).cloned().unwrap_or_default();
        if required.within(granted) && !self.rules.never.iter().any(|name| name == operation) {
            return Ok(facts);
        }
        facts.events.push("denied");
        let named = if self.rules.names == "missing" {
            Scopes::collect(required.minus(granted).iter().map(String::as_str))
        } else {
            required
        };
        let error = self.rules.error.then_some("insufficient_scope");
        Err(Box::new(self.challenge(403, error, &named, facts)))
    }

    fn challenge(&self, status: u16, error: Option<&str>, scope: &Scopes, mut facts: Facts) -> Out {
        let mut challenge = Challenge::new(&self.rules.spelling);
        if let Some(error) = error {
            challenge.add("error", error);
        }
        let document = format!("{}{}{}", self.origin, super::metadata::RESOURCE, self.base);
        if self.rules.names_scope && !scope.is_empty() {
            let scope = scope.iter().collect::<Vec<_>>().join(" ");
            challenge.scope(&scope);
            facts.challenged = Some(scope);
        }
        challenge.add("resource_metadata", &document);
        facts.events.push("challenge_sent");
        let before = self.rules.before.as_ref().map_or_else(String::new, |before| format!("{before}, "));
        let body = json!({ "error": error.unwrap_or("no token") });
        Out::json(status, &body)
            .header("www-authenticate", format!("{before}{}", challenge.written()))
            .meaning(facts)
    }
}

/// What a case may look at of a call: the operation, and whether a token was sent.
pub(super) fn of_call(operation: &str, authorization: Option<&str>) -> Map<String, Value> {
    let mut parameters = Map::new();
    parameters.insert("operation".to_owned(), Value::from(operation));
    parameters.insert("token".to_owned(), Value::Bool(authorization.and_then(bearer).is_some()));
    parameters
}

/// The token of an `Authorization` field; the name of the scheme has no case (RFC 9110 section 11.1).
pub(super) fn bearer(field: &str) -> Option<&str> {
    let (scheme, token) = field.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start_matches(' '))
}
