//! An authorization server and a resource in one, which do as they are told and write down what they are asked.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// What the token response says about scope.
#[derive(Debug, Clone)]
pub(crate) enum Echo {
    /// What was granted.
    Granted,
    /// Nothing.
    Absent,
    /// This value.
    Value(Value),
}

/// What the double does.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Scopes that are never granted.
    pub(crate) declined: Vec<&'static str>,
    pub(crate) echo: Echo,
    /// Whether the token is a JWT that states its scope.
    pub(crate) claim: bool,
    /// Whether it does so in `scp`, as a list.
    pub(crate) scp: bool,
    pub(crate) subject: &'static str,
    pub(crate) expires_in: i64,
    pub(crate) refreshable: bool,
    /// Whether a refresh token is worth anything.
    pub(crate) refreshes: bool,
    /// The error of every authorization request.
    pub(crate) refused: Option<(&'static str, &'static str)>,
    /// A scope with which no authorization request is granted.
    pub(crate) unknown: Option<&'static str>,
    /// A scope whose code comes to the redirect URI before every answer, with a foreign `state`.
    pub(crate) forged: Option<&'static str>,
    /// How often the answer comes to the redirect URI, each time in two pieces, if it is no redirect.
    pub(crate) calls: usize,
    /// What the answer names as `scope`.
    pub(crate) named: Option<&'static str>,
    /// What a registration is answered with as `scope`; `None` says nothing.
    pub(crate) registered: Option<Value>,
    /// What operations need; a scope that is not listed here needs itself.
    pub(crate) challenge: Option<(u16, String)>,
    /// Whether every token is refused, for the scopes `p` and `q` in turn.
    pub(crate) turns: bool,
    /// `scopes_supported` of the resource.
    pub(crate) listed: Vec<&'static str>,
    /// Further members of every token response.
    pub(crate) members: Vec<(&'static str, Value)>,
    /// The status of every answer of the token endpoint, if it is down.
    pub(crate) down: Option<u16>,
    /// Whether a call without a token is told no scope.
    pub(crate) unnamed: bool,
    /// How long the metadata of the resource take.
    pub(crate) late: Duration,
    /// Whether the resource names a second authorization server.
    pub(crate) second: bool,
    /// `resource` of the metadata, if it is another than the resource itself.
    pub(crate) resource: Option<&'static str>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            declined: Vec::new(),
            echo: Echo::Granted,
            claim: false,
            scp: false,
            subject: "user-1",
            expires_in: 3600,
            refreshable: true,
            refreshes: true,
            refused: None,
            unknown: None,
            forged: None,
            calls: 0,
            named: None,
            registered: None,
            challenge: None,
            turns: false,
            listed: vec!["listed"],
            members: Vec::new(),
            down: None,
            unnamed: false,
            late: Duration::ZERO,
            second: false,
            resource: None,
        }
    }
}

#[derive(Debug, Default)]
struct Book {
    rules: Rules,
    /// What a code or token is good for.
    scopes: HashMap<String, String>,
    next: u32,
    events: Vec<String>,
}

/// The double. It ends with the runtime of its test.
#[derive(Clone)]
pub(crate) struct Double {
    pub(crate) url: String,
    book: Arc<Mutex<Book>>,
}

impl Double {
    pub(crate) async fn start(rules: Rules) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let double = Self { url, book: Arc::new(Mutex::new(Book { rules, ..Book::default() })) };
        let router = Router::new()
            .route("/.well-known/oauth-protected-resource", get(resource_metadata))
            .route("/.well-known/oauth-authorization-server", get(server_metadata))
            .route("/.well-known/oauth-authorization-server/second", get(second_metadata))
            .route("/register", post(register))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/second/authorize", get(second_authorize))
            .route("/second/token", post(token))
            .route("/api/{operation}", get(operation))
            .with_state(double.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        double
    }

    pub(crate) fn resource(&self) -> String {
        format!("{}/api", self.url)
    }

    pub(crate) fn rule(&self, change: impl FnOnce(&mut Rules)) {
        change(&mut self.book().rules);
    }

    /// What happened, one line each, since the last look.
    pub(crate) fn events(&self) -> Vec<String> {
        std::mem::take(&mut self.book().events)
    }

    /// How many of the events begin with a word.
    pub(crate) fn count(&self, word: &str) -> usize {
        self.book().events.iter().filter(|event| event.starts_with(word)).count()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The challenge that answers every token.
    fn forced(&self) -> Option<(u16, String)> {
        let calls = self.count("call");
        let rules = &self.book().rules;
        let turn = if calls.is_multiple_of(2) { "p" } else { "q" };
        let in_turn =
            rules.turns.then(|| (403, format!(r#"Bearer error="insufficient_scope", scope="{turn}""#)));
        in_turn.or_else(|| rules.challenge.clone())
    }

    fn note(&self, event: String) {
        self.book().events.push(event);
    }

    /// A new name that stands for a scope.
    fn keep(&self, kind: &str, scope: &str) -> String {
        let mut book = self.book();
        book.next += 1;
        let (number, rules) = (book.next, book.rules.clone());
        let name = if kind == "access" && rules.claim {
            let (name, scope) = if rules.scp {
                ("scp", json!(scope.split(' ').collect::<Vec<_>>()))
            } else {
                ("scope", json!(scope))
            };
            let payload = json!({ "sub": rules.subject, name: scope, "jti": number }).to_string();
            format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(payload))
        } else {
            format!("{kind}-{number}")
        };
        book.scopes.insert(name.clone(), scope.to_owned());
        name
    }
}

fn json_response(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn pairs(text: &str) -> HashMap<String, String> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

async fn resource_metadata(State(double): State<Double>) -> Response {
    let rules = double.book().rules.clone();
    tokio::time::sleep(rules.late).await;
    let resource = rules.resource.map_or_else(|| double.url.clone(), str::to_owned);
    let second = rules.second.then(|| format!("{}/second", double.url));
    let servers: Vec<String> = [double.url.clone()].into_iter().chain(second).collect();
    json_response(&json!({
        "resource": resource,
        "authorization_servers": servers,
        "scopes_supported": rules.listed,
    }))
}

async fn server_metadata(State(double): State<Double>) -> Response {
    let at = |path: &str| format!("{}{path}", double.url);
    json_response(&json!({
        "issuer": double.url,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "registration_endpoint": at("/register"),
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["everything"],
    }))
}

/// A second server, at which nobody can register.
async fn second_metadata(State(double): State<Double>) -> Response {
    let at = |path: &str| format!("{}/second{path}", double.url);
    json_response(&json!({
        "issuer": at(""),
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["more"],
    }))
}

async fn second_authorize(double: State<Double>, query: RawQuery) -> Response {
    double.note("the second server is asked".to_owned());
    authorize(double, query).await
}

async fn register(State(double): State<Double>, body: String) -> Response {
    let body: Value = serde_json::from_str(&body).unwrap();
    let shown = |scope: &Value| scope.as_str().map_or_else(|| scope.to_string(), str::to_owned);
    let scope = body.get("scope").map_or_else(|| "-".to_owned(), shown);
    double.note(format!("register {scope}"));
    let mut answer = json!({
        "client_id": double.keep("client", ""),
        "redirect_uris": body["redirect_uris"],
        "token_endpoint_auth_method": "none",
    });
    if let Some(registered) = double.book().rules.registered.clone() {
        answer["scope"] = registered;
    }
    (StatusCode::CREATED, json_response(&answer)).into_response()
}

async fn authorize(State(double): State<Double>, RawQuery(query): RawQuery) -> Response {
    let asked = pairs(&query.unwrap());
    let scope = asked.get("scope").map_or("-", String::as_str);
    let prompt = asked.get("prompt").map_or_else(String::new, |prompt| format!(" prompt={prompt}"));
    let unbound = if asked.contains_key("resource") { "" } else { " for no resource" };
    double.note(format!("authorize {scope}{prompt}{unbound}"));
    let rules = double.book().rules.clone();
    if let Some(scope) = rules.forged {
        let url = format!("{}?code={}&state=foreign", asked["redirect_uri"], double.keep("code", scope));
        reqwest::Client::builder().no_proxy().build().unwrap().get(url).send().await.unwrap();
    }
    let location = location(&double, &asked, &rules);
    if rules.calls > 0 {
        let calls = (0..rules.calls).map(|_| tokio::spawn(call_back(location.clone())));
        for call in calls.collect::<Vec<_>>() {
            double.note(format!("called back: {}", call.await.unwrap()));
        }
        return StatusCode::OK.into_response();
    }
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// The redirect URI with the answer to this request.
fn location(double: &Double, asked: &HashMap<String, String>, rules: &Rules) -> String {
    let mut answer = form_urlencoded::Serializer::new(String::new());
    answer.append_pair("state", &asked["state"]);
    let scope = asked.get("scope").map_or("-", String::as_str);
    let unknown = rules.unknown.filter(|unknown| scope.split(' ').any(|asked| asked == *unknown));
    if let Some((error, description)) = rules.refused.or(unknown.map(|_| ("invalid_scope", ""))) {
        answer.append_pair("error", error).append_pair("error_description", description);
    } else {
        let requested = asked.get("scope").cloned().unwrap_or_default();
        let granted = requested.split(' ').filter(|scope| !rules.declined.contains(scope));
        answer.append_pair("code", &double.keep("code", &granted.collect::<Vec<_>>().join(" ")));
    }
    answer.extend_pairs(rules.named.map(|scope| ("scope", scope)));
    format!("{}?{}", asked["redirect_uri"], answer.finish())
}

/// Calls back in two pieces; the status line of the answer.
async fn call_back(url: String) -> String {
    let url = reqwest::Url::parse(&url).unwrap();
    let address = (url.host_str().unwrap(), url.port().unwrap());
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let path = &url[url::Position::BeforePath..];
    stream.write_all(format!("GET {path}").as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(30)).await;
    drop(stream.write_all(b" HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n").await);
    let mut answer = [0; 15];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

async fn token(State(double): State<Double>, body: String) -> Response {
    let form = pairs(&body);
    let grant = form["grant_type"].clone();
    let said = form.get("scope").map(|scope| format!(" scope={scope}")).unwrap_or_default();
    let used = if grant == "refresh_token" { &form["refresh_token"] } else { &form["code"] };
    double.note(format!("token {grant}{said}"));
    let rules = double.book().rules.clone();
    if let Some(status) = rules.down {
        return StatusCode::from_u16(status).unwrap().into_response();
    }
    let scope = double.book().scopes.remove(used);
    let refused =
        || (StatusCode::BAD_REQUEST, json_response(&json!({ "error": "invalid_grant" }))).into_response();
    let Some(scope) = scope.filter(|_| grant != "refresh_token" || rules.refreshes) else { return refused() };
    let mut answer = json!({
        "access_token": double.keep("access", &scope),
        "token_type": "Bearer",
        "expires_in": rules.expires_in,
    });
    match &rules.echo {
        Echo::Granted => answer["scope"] = json!(scope),
        Echo::Absent => {}
        Echo::Value(value) => answer["scope"] = value.clone(),
    }
    for (name, value) in &rules.members {
        answer[*name] = value.clone();
    }
    if rules.refreshable {
        answer["refresh_token"] = json!(double.keep("refresh", &scope));
    }
    json_response(&answer)
}

/// An operation needs the scope of its name.
async fn operation(
    State(double): State<Double>,
    Path(operation): Path<String>,
    headers: HeaderMap,
) -> Response {
    let bearer = headers.get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let scope = bearer.and_then(|token| double.book().scopes.get(token).cloned());
    let forced = double.forced();
    let (status, challenge) = match (&scope, forced) {
        (None, _) if double.book().rules.unnamed => (401, "Bearer".to_owned()),
        (Some(_), Some((status, challenge))) => (status, challenge),
        (Some(scope), None) if scope.split(' ').any(|held| held == operation) => {
            double.note(format!("call {operation} 200"));
            return "done".into_response();
        }
        (Some(_), None) => (403, format!(r#"Bearer error="insufficient_scope", scope="{operation}""#)),
        (None, _) => (401, format!(r#"Bearer scope="{operation}""#)),
    };
    double.note(format!("call {operation} {status}"));
    (StatusCode::from_u16(status).unwrap(), [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}
