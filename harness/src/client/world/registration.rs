//! The registration endpoint (RFC 7591): whoever asks is registered as they ask, unless a rule says otherwise.

use serde_json::{Map, Value};

use super::{answer::Out, log::Facts, state::State};
use crate::judge::Scopes;

impl State {
    /// Answers a registration request.
    pub(super) fn register(&mut self, body: &[u8]) -> Out {
        let Ok(Value::Object(members)) = serde_json::from_slice::<Value>(body) else {
            return Out::error("invalid_client_metadata", "the body is no JSON object");
        };
        let out = self.at("registration", |world| world.enrol(members.clone()));
        let facts = Facts { parameters: members, ..out.facts.clone() };
        out.meaning(facts)
    }

    /// Registers a client.
    fn enrol(&mut self, members: Map<String, Value>) -> Out {
        let scope = members.get("scope").and_then(Value::as_str).map(str::to_owned);
        let facts = Facts {
            requested: scope.as_deref().map(Scopes::read).filter(|scopes| !scopes.is_empty()),
            ..Facts::default()
        };
        if members.get("scope").is_some_and(|scope| !scope.is_string()) {
            return Out::error("invalid_client_metadata", "scope is a string").meaning(facts);
        }
        let redirect_uris = members.get("redirect_uris").and_then(Value::as_array);
        if redirect_uris.is_none_or(Vec::is_empty) {
            return Out::error("invalid_redirect_uri", "redirect_uris is missing").meaning(facts);
        }
        if let Some(error) = self.rules.refuse.get("registration") {
            return Out::error(error, "not with these metadata")
                .meaning(Facts { events: vec!["refused"], ..facts });
        }
        let registers = self.rules.registers.as_ref();
        let scope = registers.map(|scopes| scopes.iter().collect::<Vec<_>>().join(" ")).or(scope);
        let client_id = format!("client-{}", self.dice.word(12));
        let mut answer = Map::new();
        answer.insert("client_id".to_owned(), Value::from(client_id));
        answer.extend(scope.clone().map(|scope| ("scope".to_owned(), Value::from(scope))));
        for (name, value) in members {
            answer.entry(name).or_insert(value);
        }
        // A public client whatever it asked for: no secret is given, so none may be expected.
        answer.insert("token_endpoint_auth_method".to_owned(), Value::from("none"));
        Out::json(201, &Value::Object(answer)).meaning(Facts { said: scope, ..facts })
    }
}
