//! The authorization endpoint: it answers a plain GET with the redirect, so no browser and no person is needed.

use serde_json::json;
use url::Url;

use super::{
    answer::Out,
    arrival::Arrival,
    callback::Callback,
    log::{Facts, collect, scope, text},
    servers::Server,
    state::{Code, State},
};
use crate::judge::Scopes;

/// What is said where a rule refuses.
const REFUSED: &str = "not with this scope";
/// How long a long code is. A server that writes what was granted into its codes needs that much, and a redirect of it stays below the 8,000 octets
/// that everybody should take (RFC 9110 section 4.1).
const LONG: usize = 5_000;
/// In how many pieces a callback comes that comes in pieces.
const PIECES: usize = 3;

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
        let landing = target.clone();
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
            let length = if self.rules.callback == "long" { LONG } else { 24 };
            let code = format!("code-{}", self.dice.word(length));
            let granted = self.granted(requested.as_ref());
            target.query_pairs_mut().append_pair("code", &code);
            if let Some(scope) = &self.rules.callback_scope {
                let scope = scope.iter().collect::<Vec<_>>().join(" ");
                target.query_pairs_mut().append_pair("scope", &scope);
            }
            facts.granted = Some(granted.clone());
            facts.code = Some(code.clone());
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
        if facts.granted.is_some() && !self.rules.callback.is_empty() {
            self.call_back(target, landing, &state);
            return Out::json(200, &json!({ "redirected": true })).arriving(Arrival::Held).meaning(facts);
        }
        let held = if self.callbacks.is_empty() { Arrival::Whole } else { Arrival::Held };
        Out::empty(302).header("location", target.as_str()).arriving(held).meaning(facts)
    }

    /// Sends the answer to a request to the redirect URI, as the browser would, but in the way of the rule. Where the client does not take it, an error follows
    /// in the usual way, so that its run comes to an end.
    fn call_back(&mut self, url: Url, mut landing: Url, state: &str) {
        landing.query_pairs_mut().append_pair("error", "temporarily_unavailable").append_pair("state", state);
        let how = self.rules.callback.as_str();
        self.callbacks.push(Callback {
            pieces: if how == "split" { PIECES } else { 1 },
            times: if how == "repeated" { 2 } else { 1 },
            otherwise: Some(landing),
            ..Callback::plain(url, "callback_sent")
        });
    }

    /// Has a callback sent that is no answer to any request, where a rule says so: its `state` is foreign or not there, and its code good, but for somebody
    /// else.
    fn forge(&mut self, server: Server, client_id: &str, redirect_uri: &str) {
        let Some(granted) = self.rules.forged_callback.clone() else { return };
        let (code, state) = (format!("code-{}", self.dice.word(24)), self.dice.word(22));
        let Ok(mut url) = Url::parse(redirect_uri) else { return };
        let pairs = match self.rules.forged_as.as_str() {
            "stateless" => vec![("code", &*code)],
            "error" => vec![("error", "access_denied")],
            _ => vec![("code", &*code), ("state", &*state)],
        };
        url.query_pairs_mut().extend_pairs(pairs);
        self.callbacks.push(Callback::plain(url, "forged_callback"));
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
