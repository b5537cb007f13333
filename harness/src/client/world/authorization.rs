//! The authorization endpoint: it answers a plain GET with the redirect, so no browser and no person is needed.

use url::Url;

use super::{
    answer::Out,
    log::{Facts, collect, scope, text},
    servers::Server,
    state::{Code, State},
};
use crate::judge::Scopes;

/// What is said where a rule refuses.
const REFUSED: &str = "not with this scope";

impl State {
    /// Answers an authorization request to a server (RFC 6749 section 4.1.1).
    pub(super) fn authorize(&mut self, server: Server, url: &Url) -> Out {
        let pairs = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
        let parameters = collect(pairs);
        let requested = scope(&parameters);
        let mut facts = Facts { requested: requested.clone(), ..Facts::default() };
        let client_id = text(&parameters, "client_id").to_owned();
        let redirect_uri = text(&parameters, "redirect_uri").to_owned();
        let state = text(&parameters, "state").to_owned();
        let challenge = text(&parameters, "code_challenge").to_owned();
        let nonce = parameters.get("nonce").and_then(serde_json::Value::as_str).map(str::to_owned);
        let response_type = text(&parameters, "response_type") == "code";
        facts.parameters = parameters;
        facts.registered = self.registered(server, &client_id);
        let Ok(mut target) = Url::parse(&redirect_uri) else {
            return Out::error("invalid_request", "redirect_uri is missing or no URI").meaning(facts);
        };
        // Whoever brings an id of its own (registered by hand, or the URL of its metadata) is welcome: scope is what is tested.
        if client_id.is_empty() {
            return Out::error("invalid_request", "client_id is missing").meaning(facts);
        }
        if self.is_strange(server, &client_id) {
            return Out::error("invalid_client", "this server has no such client").meaning(facts);
        }
        if let Some(error) = self.refusal(requested.as_ref()) {
            facts.events.push("refused");
            target.query_pairs_mut().append_pair("error", error).append_pair("error_description", REFUSED);
        } else if response_type {
            let code = format!("code-{}", self.dice.word(24));
            let granted = self.granted(requested.as_ref());
            target.query_pairs_mut().append_pair("code", &code);
            facts.granted = Some(granted.clone());
            facts.events.push("code_issued");
            self.logins += 1;
            self.forge(server, &client_id, &redirect_uri);
            let code_of = Code { server, client_id, redirect_uri, challenge, nonce, requested, granted };
            self.codes.insert(code, code_of);
        } else {
            target.query_pairs_mut().append_pair("error", "unsupported_response_type");
        }
        if !state.is_empty() {
            target.query_pairs_mut().append_pair("state", &state);
        }
        Out::empty(302).header("location", target.as_str()).meaning(facts)
    }

    /// Has a callback sent that is no answer to any request, where a rule says so: its `state` is foreign, and its code good, but for somebody else.
    fn forge(&mut self, server: Server, client_id: &str, redirect_uri: &str) {
        let Some(granted) = self.rules.forged_callback.clone() else { return };
        let (code, state) = (format!("code-{}", self.dice.word(24)), self.dice.word(22));
        self.forged = Url::parse(redirect_uri).ok().map(|mut url| {
            url.query_pairs_mut().append_pair("code", &code).append_pair("state", &state);
            url
        });
        let code_of = Code {
            server,
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            challenge: String::new(),
            nonce: None,
            requested: Some(granted.clone()),
            granted,
        };
        self.codes.insert(code, code_of);
    }

    /// The error code with which the rules refuse a request for these scopes.
    fn refusal(&self, requested: Option<&Scopes>) -> Option<&str> {
        let of_scope = || {
            let named = requested?.iter().any(|scope| self.rules.refuse_scope.iter().any(|no| no == scope));
            named.then_some("invalid_scope")
        };
        self.rules.refuse.get("authorization").map(String::as_str).or_else(of_scope)
    }
}
