//! Puts the scope functions of rmcp's OAuth client behind the adapter protocol: one JSON object a line, in and out.
//!
//! Nothing is converted: what the library answers is the answer. README.md says which function stands behind which operation.

use std::{
    collections::HashMap,
    error::Error,
    io::{self, BufRead, Write},
    panic::{self, AssertUnwindSafe},
    sync::Arc,
};

use rmcp::transport::auth::{
    AuthError, AuthorizationManager, AuthorizationMetadata, OAuthClientConfig, OAuthHttpClient,
    OAuthHttpClientFuture, OAuthHttpRequest, WWWAuthenticateParams,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json, value::RawValue};
use url::Url;

/// A name that is never contacted: [`Canned`] answers every request.
const SERVER: &str = "http://localhost/";
const NO_SCOPE: &str = r#"{"access_token":"t","token_type":"bearer"}"#;

/// An object whose members stay text, for a string with half a surrogate pair is JSON, and yet no string of Rust.
type Members<'a> = HashMap<String, &'a RawValue>;

/// The network: every request is answered with this token response.
struct Canned(String);

impl OAuthHttpClient for Canned {
    fn execute(&self, _: OAuthHttpRequest) -> OAuthHttpClientFuture<'_> {
        let response = http::Response::new(self.0.clone().into_bytes());
        Box::pin(async move { Ok(response) })
    }
}

fn main() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    for octets in io::stdin().lock().split(b'\n') {
        let Some(reply) = answer(&runtime, &String::from_utf8_lossy(&octets?)) else { break };
        // The standard output of Rust is flushed by the end of each line.
        writeln!(io::stdout(), "{reply}")?;
    }
    Ok(())
}

/// The reply to a line, or `None` for the one that says goodbye.
fn answer(runtime: &tokio::runtime::Runtime, line: &str) -> Option<Value> {
    let Ok(line) = serde_json::from_str::<Members>(line) else {
        return Some(json!({ "unsupported": { "reason": "the adapter cannot read this JSON" } }));
    };
    if line.contains_key("hello") {
        return Some(json!({ "hello": hello() }));
    }
    if line.contains_key("bye") {
        return None;
    }
    let done = panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(perform(&line))));
    let mut reply = match done {
        Ok(Ok(answer)) => json!({ "ok": answer }),
        Ok(Err(error)) => match error.downcast_ref::<AuthError>() {
            Some(AuthError::TokenExchangeFailed(message)) => {
                json!({ "rejected": { "kind": "TokenExchangeFailed", "message": message } })
            }
            Some(error) => json!({ "crashed": { "detail": error.to_string() } }),
            None => json!({ "unsupported": { "reason": error.to_string() } }),
        },
        Err(_) => json!({ "crashed": { "detail": "the library panicked; stderr has the place" } }),
    };
    reply["seq"] = read(&line, "seq").unwrap_or_default();
    Some(reply)
}

fn hello() -> Value {
    // The lock file is what was built, and the only place that knows.
    let locked = include_str!("Cargo.lock").split("name = \"rmcp\"\nversion = \"").nth(1);
    json!({
        "name": "rmcp",
        "version": locked.and_then(|rest| rest.split('"').next()),
        "language": "rust",
        "operations": ["parse", "union", "recorded", "challenge"],
        "semantics": {
            "separators": "whitespace", "duplicates": "first", "malformed": "keep", "order": "kept", "grant": "claim",
        },
        "max_in_flight": 64,
    })
}

/// The answer to a call. What is no error of the library's own says that the library has no notion of this.
async fn perform(line: &Members<'_>) -> Result<Value, Box<dyn Error>> {
    let input: Members = serde_json::from_str(line.get("input").map_or("{}", |input| input.get()))?;
    match read::<String>(line, "op")?.as_str() {
        "parse" => {
            let text: String = read(&input, "text")?;
            Ok(json!({ "scopes": client("", None).await?.select_scopes(Some(&text), &[]) }))
        }
        "challenge" => {
            let manager = client("", None).await?;
            let read = WWWAuthenticateParams::parse(&read::<String>(&input, "header")?, &Url::parse(SERVER)?);
            Ok(json!({ "scopes": manager.select_scopes(read.scope.as_deref(), &[]), "error": read.error }))
        }
        "recorded" => {
            // As it came: members that stand there twice, and their order, are the library's to read.
            let response = input.get("response").map_or("null", |response| response.get());
            let requested = Some(read(&input, "requested")?);
            Ok(json!({ "scopes": client(response, requested).await?.get_current_scopes().await }))
        }
        "union" => {
            let manager = client(NO_SCOPE, Some(read(&input, "first")?)).await?;
            let second: Vec<String> = read(&input, "second")?;
            if second.iter().any(|scope| scope.is_empty() || scope.contains(char::is_whitespace)) {
                return Err(
                    "the library takes the second list as a string, where this scope has no form".into()
                );
            }
            Ok(json!({ "scopes": manager.select_scopes(Some(&second.join(" ")), &[]) }))
        }
        _ => Err("the library has no function for this operation".into()),
    }
}

/// A client of the library. Where scopes are requested it has asked for them and redeemed a code, as an application does; what was
/// granted is then its state.
async fn client(
    answer: &str,
    requested: Option<Vec<String>>,
) -> Result<AuthorizationManager, Box<dyn Error>> {
    let network = Arc::new(Canned(answer.to_owned()));
    let mut manager = AuthorizationManager::new_with_oauth_http_client(SERVER, network).await?;
    let Some(requested) = requested else { return Ok(manager) };
    let mut metadata = AuthorizationMetadata::default();
    (metadata.authorization_endpoint, metadata.token_endpoint) = (SERVER.to_owned(), SERVER.to_owned());
    manager.set_metadata(metadata);
    manager.configure_client(OAuthClientConfig::new("client", SERVER))?;
    let requested: Vec<&str> = requested.iter().map(String::as_str).collect();
    let url = Url::parse(&manager.get_authorization_url(&requested).await?)?;
    let state = url.query_pairs().find_map(|(name, value)| (name == "state").then_some(value));
    manager.exchange_code_for_token("code", &state.unwrap_or_default()).await?;
    Ok(manager)
}

fn read<T: DeserializeOwned>(object: &Members, member: &str) -> Result<T, Box<dyn Error>> {
    let text = object.get(member).ok_or("a member of the input is missing")?;
    serde_json::from_str(text.get())
        .map_err(|error| format!("the library takes strings of UTF-8: {error}").into())
}
