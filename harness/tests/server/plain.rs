//! A small authorization server that keeps the rules unless it is told otherwise. Written apart from the reference implementation, so that a
//! mistake of that one cannot hide here.

use std::{collections::HashMap, sync::Mutex};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::double::{Answer, Seen};

/// The scopes that it knows.
const SCOPES: [&str; 3] = ["read", "write", "files"];

/// What it does otherwise.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Manners {
    /// Whatever is asked for is granted, unknown scopes and wider refreshes too.
    pub(crate) grants_everything: bool,
    /// Of several scopes only the first is granted.
    pub(crate) narrows: bool,
    /// The token response never holds `scope`.
    pub(crate) never_says: bool,
    /// Access tokens are JWTs that claim their scope.
    pub(crate) jwt: bool,
    /// Whoever registers may have no scope at all.
    pub(crate) refuses_every_scope: bool,
    /// The names of codes, tokens and secrets begin like this.
    pub(crate) prefix: &'static str,
}

/// The server.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    manners: Manners,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    count: usize,
    clients: HashMap<String, Value>,
    codes: HashMap<String, Vec<String>>,
    refresh: HashMap<String, Vec<String>>,
}

impl State {
    fn name(&mut self, kind: &str, prefix: &str) -> String {
        self.count += 1;
        format!("{prefix}{kind}-{}", self.count)
    }
}

impl Plain {
    /// With these manners.
    pub(crate) fn new(manners: Manners) -> Self {
        Self { manners, ..Self::default() }
    }

    /// Answers a request.
    pub(crate) fn answer(&self, seen: &Seen) -> Answer {
        match (seen.method.as_str(), seen.path.as_str()) {
            ("GET", "/.well-known/oauth-authorization-server") => Answer::json(200, &metadata(&seen.origin)),
            ("POST", "/register") => self.register(seen),
            ("GET", "/authorize") => self.authorize(seen),
            ("POST", "/token") => self.token(seen),
            (method, path) => match path.strip_prefix("/clients/") {
                Some(id) => self.manage(method, id),
                None => Answer::status(404),
            },
        }
    }

    fn register(&self, seen: &Seen) -> Answer {
        let Value::Object(mut members) = seen.json() else {
            return Answer::error(400, "invalid_client_metadata");
        };
        let scope = match members.get("scope") {
            None | Some(Value::Null) => SCOPES.join(" "),
            Some(Value::String(text)) if text.trim().is_empty() => SCOPES.join(" "),
            Some(Value::String(text)) => text.clone(),
            Some(_) => return Answer::error(400, "invalid_client_metadata"),
        };
        if !self.manners.grants_everything && !scope.split(' ').all(|scope| SCOPES.contains(&scope)) {
            return Answer::error(400, "invalid_client_metadata");
        }
        let mut state = self.state.lock().unwrap();
        let prefix = self.manners.prefix;
        let id = state.name("client", "");
        members.insert("client_id".to_owned(), json!(id));
        members.insert("scope".to_owned(), json!(scope));
        members.insert("registration_client_uri".to_owned(), json!(format!("{}/clients/{id}", seen.origin)));
        members
            .insert("registration_access_token".to_owned(), json!(state.name("registration-token", prefix)));
        if members.get("token_endpoint_auth_method") != Some(&json!("none")) {
            members.insert("client_secret".to_owned(), json!(state.name("secret", prefix)));
        }
        state.clients.insert(id, Value::Object(members.clone()));
        Answer::json(201, &Value::Object(members))
    }

    fn manage(&self, method: &str, id: &str) -> Answer {
        let mut state = self.state.lock().unwrap();
        match (method, state.clients.get(id).cloned()) {
            (_, None) => Answer::status(401),
            ("DELETE", Some(_)) => {
                state.clients.remove(id);
                Answer::status(204)
            }
            ("GET", Some(client)) => Answer::json(200, &client),
            // Registrations are read and deleted here, and never replaced.
            _ => Answer::status(405),
        }
    }

    fn authorize(&self, seen: &Seen) -> Answer {
        let mut state = self.state.lock().unwrap();
        let Some(client) = state.clients.get(&seen.param("client_id")).cloned() else {
            return Answer::html(400, "<p>unknown client</p>");
        };
        let redirect = seen.param("redirect_uri");
        if client["redirect_uris"].as_array().is_none_or(|uris| !uris.contains(&json!(redirect))) {
            return Answer::html(400, "<p>unknown redirect URI</p>");
        }
        let back = |name: &str, value: &str| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair(name, value).append_pair("state", &seen.param("state"));
            Answer::redirect(&format!("{redirect}?{}", query.finish()))
        };
        if seen.all("scope").len() > 1 {
            return back("error", "invalid_request");
        }
        let asked = seen.param("scope");
        let asked = if asked.trim_matches(' ').is_empty() { "read" } else { asked.as_str() };
        let granted = match self.allowed(asked, client["scope"].as_str().unwrap_or_default()) {
            Ok(granted) => granted,
            Err(code) => return back("error", code),
        };
        let code = state.name("code", self.manners.prefix);
        state.codes.insert(code.clone(), granted);
        back("code", &code)
    }

    fn allowed(&self, asked: &str, registered: &str) -> Result<Vec<String>, &'static str> {
        if self.manners.refuses_every_scope {
            return Err("invalid_scope");
        }
        let mut granted: Vec<String> = Vec::new();
        for scope in asked.split(' ').filter(|scope| !scope.is_empty()) {
            let known = SCOPES.contains(&scope) && registered.split(' ').any(|own| own == scope);
            if !known && !self.manners.grants_everything {
                return Err("invalid_scope");
            }
            if !granted.iter().any(|kept| kept == scope) {
                granted.push(scope.to_owned());
            }
        }
        if self.manners.narrows {
            granted.truncate(1);
        }
        Ok(granted)
    }

    fn token(&self, seen: &Seen) -> Answer {
        let mut state = self.state.lock().unwrap();
        let prefix = self.manners.prefix;
        let (granted, original) = match seen.param("grant_type").as_str() {
            "authorization_code" => match state.codes.remove(&seen.param("code")) {
                Some(granted) => (granted.clone(), granted),
                None => return Answer::error(400, "invalid_grant"),
            },
            "refresh_token" => {
                let Some(original) = state.refresh.remove(&seen.param("refresh_token")) else {
                    return Answer::error(400, "invalid_grant");
                };
                let values = seen.all("scope");
                if values.len() > 1 {
                    return Answer::error(400, "invalid_request");
                }
                let asked = seen.param("scope");
                if asked.trim_matches(' ').is_empty() {
                    (original.clone(), original)
                } else {
                    match self.allowed(&asked, &original.join(" ")) {
                        Ok(granted) => (granted, original),
                        Err(code) => return Answer::error(400, code),
                    }
                }
            }
            _ => return Answer::error(400, "unsupported_grant_type"),
        };
        let refresh = state.name("refresh", prefix);
        state.refresh.insert(refresh.clone(), original);
        let mut access = state.name("access", prefix);
        if self.manners.jwt {
            let claims = json!({ "scope": granted.join(" "), "jti": access });
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            // The signature is a secret, too: nobody but a resource server verifies it here.
            let signature = URL_SAFE_NO_PAD.encode(format!("{prefix}signature"));
            access =
                format!("{}.{}.{signature}", part(&json!({ "typ": "at+jwt", "alg": "none" })), part(&claims));
        }
        let mut body = json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 300,
            "refresh_token": refresh,
        });
        if !self.manners.never_says {
            body["scope"] = json!(granted.join(" "));
        }
        Answer::json(200, &body).with("cache-control", "no-store")
    }
}

/// The metadata of a server at this origin.
pub(crate) fn metadata(origin: &str) -> Value {
    json!({
        "issuer": origin,
        "authorization_endpoint": format!("{origin}/authorize"),
        "token_endpoint": format!("{origin}/token"),
        "registration_endpoint": format!("{origin}/register"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": SCOPES,
    })
}
