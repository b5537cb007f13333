//! A caller of the resource server under test, as plain as can be.

use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;
use scopecheck_reference::faults::Fault;
use scopecheck_reference::resource::{Operation, ResourceConfig, RunningResource, start};
use serde_json::{Map, Value, json};

use crate::issuer::{Issuer, now};

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub(crate) fn challenge(&self) -> &str {
        self.headers.get("www-authenticate").map_or("(no challenge)", |value| value.to_str().unwrap())
    }
}

/// A resource server, its issuer, and how to talk to it.
pub(crate) struct Resource {
    pub(crate) running: RunningResource,
    pub(crate) issuer: Issuer,
    http: reqwest::Client,
}

/// Operations of every kind.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::all("read", &["files:read"]),
        Operation::all("both", &["files:read", "files:write"]),
        Operation::any("either", &["files:write", "admin"]),
        Operation::all("open", &[]),
    ]
}

impl Resource {
    pub(crate) async fn start() -> Self {
        Self::configured(|_| {}).await
    }

    pub(crate) async fn faulty(fault: Option<Fault>) -> Self {
        Self::configured(|config| config.faults.extend(fault)).await
    }

    pub(crate) async fn configured(change: impl FnOnce(&mut ResourceConfig)) -> Self {
        let issuer = Issuer::start().await;
        let mut config = ResourceConfig {
            issuer: issuer.url.clone(),
            operations: operations(),
            ..ResourceConfig::default()
        };
        change(&mut config);
        let running = start(config).await.unwrap();
        let none = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().no_proxy().redirect(none).build().unwrap();
        Self { running, issuer, http }
    }

    /// The claims of a token that is good, with these members put in; null takes one out.
    pub(crate) fn claims(&self, members: Value) -> Value {
        let mut claims = Map::new();
        claims.insert("iss".to_owned(), json!(self.issuer.url));
        claims.insert("aud".to_owned(), json!(self.running.url()));
        claims.insert("exp".to_owned(), json!(now() + 600));
        let Value::Object(members) = members else { return Value::Object(claims) };
        for (name, value) in members {
            if value.is_null() {
                claims.remove(&name);
            } else {
                claims.insert(name, value);
            }
        }
        Value::Object(claims)
    }

    /// A token with these members put into its claims.
    pub(crate) fn token(&self, members: Value) -> String {
        self.issuer.key.sign("at+jwt", &self.claims(members).to_string())
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.url())
    }

    pub(crate) fn request(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.url(path))
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(path)).await
    }

    pub(crate) async fn call(&self, path: &str, token: &str) -> Answer {
        self.send(self.request(path).header("authorization", format!("Bearer {token}"))).await
    }

    /// Calls with a token of this scope.
    pub(crate) async fn with_scope(&self, path: &str, scope: &str) -> Answer {
        self.call(path, &self.token(json!({ "scope": scope }))).await
    }

    /// Sends a message to the MCP endpoint.
    pub(crate) async fn message(&self, token: Option<&str>, message: &Value) -> Answer {
        let mut request =
            self.post("/mcp").header("content-type", "application/json").body(message.to_string());
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.send(request).await
    }

    /// Calls a tool.
    pub(crate) async fn tool(&self, token: Option<&str>, name: &str) -> Answer {
        let params = json!({ "name": name, "arguments": {} });
        self.message(token, &json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params }))
            .await
    }

    /// The text with the two addresses, whose ports differ from run to run, replaced.
    pub(crate) fn stable(&self, text: &str) -> String {
        text.replace(self.running.url(), "$RESOURCE").replace(&self.issuer.url, "$ISSUER")
    }
}
