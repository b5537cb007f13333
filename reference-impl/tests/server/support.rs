//! A client of the server under test, as plain as can be.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::header::HeaderMap;
use scopecheck_reference::server::{Profile, RunningServer, ServerConfig, start};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

pub(crate) const REDIRECT_URI: &str = "http://localhost:8080/callback";
pub(crate) const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-in-all";

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

    pub(crate) fn member(&self, name: &str) -> Value {
        self.json().get(name).cloned().unwrap_or(Value::Null)
    }

    pub(crate) fn text_member(&self, name: &str) -> String {
        self.member(name).as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> Option<Url> {
        Url::parse(self.header("location")).ok()
    }

    /// A parameter of the redirect.
    pub(crate) fn redirected(&self, name: &str) -> Option<String> {
        let location = self.location()?;
        let mut pairs = location.query_pairs();
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The error code, wherever it stands.
    pub(crate) fn error(&self) -> Option<String> {
        self.redirected("error").or_else(|| self.member("error").as_str().map(str::to_owned))
    }
}

/// A registered client.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) secret: Option<String>,
    pub(crate) registration: Value,
}

/// A server, and how to talk to it.
pub(crate) struct Server {
    pub(crate) running: RunningServer,
    http: reqwest::Client,
}

/// The server of `contracts.md` section 15.
pub(crate) fn repro(baseline: &[&str]) -> ServerConfig {
    ServerConfig {
        profile: Profile::Toolhive,
        scopes_supported: Some(vec!["openid".to_owned(), "offline_access".to_owned()]),
        baseline: baseline.iter().map(ToString::to_string).collect(),
        upstream: true,
        ..ServerConfig::default()
    }
}

pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Server {
    pub(crate) async fn start(config: ServerConfig) -> Self {
        let running = start(config).await.unwrap();
        let none = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().no_proxy().redirect(none).build().unwrap();
        Self { running, http }
    }

    pub(crate) async fn standard() -> Self {
        Self::start(ServerConfig::default()).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.issuer())
    }

    pub(crate) async fn get(&self, url: &str) -> Answer {
        self.send(self.http.get(url)).await
    }

    pub(crate) async fn bearer(&self, method: reqwest::Method, url: &str, token: &str) -> Answer {
        self.send(self.http.request(method, url).header("authorization", format!("Bearer {token}"))).await
    }

    /// Posts a body of any kind.
    pub(crate) async fn post(&self, path: &str, media_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request = self.http.post(self.url(path)).header("content-type", media_type);
        self.send(request.body(body.into())).await
    }

    /// Posts a form as written, authenticating as the client does.
    pub(crate) async fn form(&self, path: &str, client: &Client, body: &str) -> Answer {
        let mut request = self.http.post(self.url(path));
        let mut body = body.to_owned();
        match &client.secret {
            Some(secret) => {
                let credentials = STANDARD.encode(format!("{}:{secret}", client.id));
                request = request.header("authorization", format!("Basic {credentials}"));
            }
            None => body = format!("{body}&client_id={}", client.id),
        }
        self.send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
    }

    /// Registers with a body as written.
    pub(crate) async fn register_raw(&self, body: &str) -> Answer {
        self.post("/oauth/register", "application/json", body).await
    }

    /// Registers a client that may do everything, with `scope` as given; `null` leaves it out.
    pub(crate) async fn register(&self, method: &str, scope: Value) -> Client {
        let mut grants = vec!["authorization_code", "refresh_token"];
        if method != "none" {
            grants.push("client_credentials");
        }
        let mut body = json!({
            "redirect_uris": [REDIRECT_URI],
            "grant_types": grants,
            "token_endpoint_auth_method": method,
        });
        if !scope.is_null() {
            body["scope"] = scope;
        }
        let answer = self.register_raw(&body.to_string()).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        Client {
            id: answer.text_member("client_id"),
            secret: answer.member("client_secret").as_str().map(str::to_owned),
            registration: answer.json(),
        }
    }

    /// Replaces a registration by what it was answered with, but for the members given as JSON text; those that only the
    /// server writes are left out.
    pub(crate) async fn update(&self, client: &Client, changed: &str) -> Answer {
        let mut members = client.registration.clone();
        let (uri, token) = (
            members["registration_client_uri"].as_str().unwrap().to_owned(),
            members["registration_access_token"].as_str().unwrap().to_owned(),
        );
        let object = members.as_object_mut().unwrap();
        let written_by_the_server = [
            "registration_client_uri",
            "registration_access_token",
            "client_id_issued_at",
            "client_secret_expires_at",
        ];
        for name in written_by_the_server {
            object.shift_remove(name);
        }
        let changed: Value = serde_json::from_str(changed).unwrap();
        for (name, value) in changed.as_object().unwrap() {
            if value.is_null() {
                object.shift_remove(name);
            } else {
                object.insert(name.clone(), value.clone());
            }
        }
        self.put(&uri, &token, &members.to_string()).await
    }

    /// Replaces a registration with this `scope` member; an empty text leaves it out.
    pub(crate) async fn update_scope(&self, client: &Client, scope: &str) -> Answer {
        let scope = if scope.is_empty() { "null" } else { scope };
        self.update(client, &format!(r#"{{"scope":{scope}}}"#)).await
    }

    /// Puts a body as written to where a registration is managed.
    pub(crate) async fn put(&self, uri: &str, token: &str, body: &str) -> Answer {
        let request = self.http.put(uri).header("authorization", format!("Bearer {token}"));
        self.send(request.header("content-type", "application/json").body(body.to_owned())).await
    }

    pub(crate) async fn public(&self, scope: &str) -> Client {
        self.register("none", json!(scope)).await
    }

    pub(crate) async fn confidential(&self, scope: &str) -> Client {
        self.register("client_secret_basic", json!(scope)).await
    }

    /// Sends an authorization request with PKCE; `extra` is appended as written.
    pub(crate) async fn authorize(&self, client: &Client, extra: &str) -> Answer {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let query = encoded(&[
            ("client_id", &client.id),
            ("redirect_uri", REDIRECT_URI),
            ("response_type", "code"),
            ("state", "a state with / and spaces"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        self.get(&self.url(&format!("/oauth/authorize?{query}&{extra}"))).await
    }

    /// Follows the redirects through the identity provider, until one leads to the client.
    pub(crate) async fn follow(&self, mut answer: Answer) -> Answer {
        while let Some(location) = answer.location().filter(|to| !to.as_str().starts_with(REDIRECT_URI)) {
            answer = self.get(location.as_str()).await;
        }
        answer
    }

    /// Redeems a code; `extra` is appended as written.
    pub(crate) async fn redeem(&self, client: &Client, code: &str, extra: &str) -> Answer {
        let form = encoded(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
        ]);
        self.form("/oauth/token", client, &format!("{form}&{extra}")).await
    }

    /// A whole login; `extra` goes to the authorization request. The answer is that of the last step reached.
    pub(crate) async fn login(&self, client: &Client, extra: &str) -> Answer {
        let answer = self.follow(self.authorize(client, extra).await).await;
        match answer.redirected("code") {
            Some(code) => self.redeem(client, &code, "").await,
            None => answer,
        }
    }

    /// A refresh; `extra` is appended as written.
    pub(crate) async fn refresh(&self, client: &Client, token: &str, extra: &str) -> Answer {
        let form = encoded(&[("grant_type", "refresh_token"), ("refresh_token", token)]);
        self.form("/oauth/token", client, &format!("{form}&{extra}")).await
    }

    pub(crate) async fn introspect(&self, client: &Client, token: &str) -> Value {
        self.form("/oauth/introspect", client, &encoded(&[("token", token)])).await.json()
    }
}

/// Header and claims of a JWT, without a look at its signature.
pub(crate) fn decoded(token: &str) -> Option<(Value, Value)> {
    let mut parts = token.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
        serde_json::from_slice::<Value>(&bytes).ok()
    });
    Some((parts.next()??, parts.next()??))
}
