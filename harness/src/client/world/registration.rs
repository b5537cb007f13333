//! The registration endpoint (RFC 7591): whoever asks is registered as they ask, unless a rule says otherwise.

use serde_json::{Map, Value};

use super::{answer::Out, log::Facts, servers::Server, state::State};
use crate::judge::Scopes;

/// A client that has registered itself.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// Where.
    server: Server,
    /// For which scope, if one was named.
    scope: Option<String>,
}

impl State {
    /// Whether a client has registered itself at another server than this one, which knows nothing of it. Whoever brings an id of its own (registered
    /// by hand, or the URL of its metadata) is welcome at each.
    pub(super) fn is_strange(&self, server: Server, client_id: &str) -> bool {
        self.clients.get(client_id).is_some_and(|client| client.server != server)
    }

    /// What a server has registered for a client: nothing where another one has; `None` where nobody knows.
    pub(super) fn registered(&self, server: Server, client_id: &str) -> Option<String> {
        let client = self.clients.get(client_id)?;
        if client.server == server { client.scope.clone() } else { Some(String::new()) }
    }

    /// Answers a registration request to a server.
    pub(super) fn register(&mut self, server: Server, body: &[u8]) -> Out {
        let Ok(Value::Object(members)) = serde_json::from_slice::<Value>(body) else {
            return Out::error("invalid_client_metadata", "the body is no JSON object");
        };
        self.at("registration", &members, |world| world.enrol(server, members.clone()))
    }

    /// Registers a client.
    fn enrol(&mut self, server: Server, members: Map<String, Value>) -> Out {
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
        self.clients.insert(client_id.clone(), Client { server, scope: scope.clone() });
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
