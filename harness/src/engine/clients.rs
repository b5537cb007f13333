//! Registering the clients of a run, and deleting them at its end.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::{
    judge::Missed,
    subject::{AuthMethod, Client, ClientMode, Registration, Sent, World},
    system::{Clock, Dice},
    wire::{Reply, Request, Wire},
};

/// What to do where clients cannot register themselves.
const CONFIGURE: &str = "name one that is registered in scopecheck.toml: `client = { mode = \"registered\", id = \"...\", redirect-uri = \"...\" }`";

/// The members of a registration, `scope` left out.
pub(super) fn members(world: &World, kind: &str) -> Map<String, Value> {
    let mut grants = vec!["authorization_code"];
    if world.capabilities.get("grant.refresh_token") != Some(&false) {
        grants.push("refresh_token");
    }
    if kind == "confidential" && world.capabilities.get("grant.client_credentials") == Some(&true) {
        grants.push("client_credentials");
    }
    let method = if kind == "confidential" { confidential_method(world) } else { "none" };
    let Value::Object(members) = json!({
        "client_name": "Scopecheck",
        "redirect_uris": [world.redirect_uri()],
        "grant_types": grants,
        "response_types": ["code"],
        "token_endpoint_auth_method": method,
    }) else {
        return Map::new();
    };
    members
}

fn confidential_method(world: &World) -> &'static str {
    if let Some(method) = world.setup.secret_method {
        return method;
    }
    let methods = world.metadata.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
    let offers = |name: &str| methods.is_none_or(|methods| methods.iter().any(|method| method == name));
    if offers("client_secret_basic") { "client_secret_basic" } else { "client_secret_post" }
}

/// The client of a variant, registered when it is first needed.
pub(super) async fn shared(world: &World, kind: &'static str, clock: Clock) -> Registration {
    if let Some(client) = world.configured_client() {
        return Registration::unsent(Ok(client));
    }
    let mut shared = world.clients.shared.lock().await;
    if let Some(known) = shared.get(kind) {
        return known.clone();
    }
    // The cases apply to the server all the same: what is missing is a client, and somebody can name one.
    let registered = match world.endpoint("registration_endpoint") {
        Ok(_) => register(world, kind, clock).await,
        Err(missed) => Registration::unsent(Err(Missed::blocked(format!(
            "there is no client to test with: {}; {CONFIGURE}",
            missed.why
        )))),
    };
    shared.insert(kind.to_owned(), registered.clone());
    registered
}

/// Registers a client for every scope that the run may ask for.
pub(super) async fn register(world: &World, kind: &str, clock: Clock) -> Registration {
    if world.setup.client != ClientMode::Dynamic {
        let why = "the target does not let clients register themselves";
        return Registration::unsent(Err(Missed::not_applicable(why)));
    }
    let endpoint = match world.endpoint("registration_endpoint") {
        Ok(endpoint) => endpoint,
        Err(missed) => return Registration::unsent(Err(missed)),
    };
    let mut members = members(world, kind);
    let scope = world.setup.register_scope.clone().unwrap_or_else(|| world.bindings.grantable.join(" "));
    if !scope.is_empty() {
        members.insert("scope".to_owned(), Value::String(scope));
    }
    let request = Request::post(endpoint, "application/json", Value::Object(members).to_string());
    let started_ms = clock.elapsed_ms();
    let mut turn = world.clients.turn();
    let result = loop {
        let result = world.wire.send(&request).await;
        let again = match &result {
            Ok(reply) => turn.again(reply).await,
            Err(_) => false,
        };
        if !again {
            break result;
        }
    };
    let duration_ms = clock.elapsed_ms().saturating_sub(started_ms);
    let client = match &result {
        Ok(reply) => registered(world, kind, reply),
        Err(error) => Err(Missed::blocked(format!("registering a client: {error}"))),
    };
    Registration { client, sent: Some(Arc::new(Sent { request, result, started_ms, duration_ms })) }
}

fn registered(world: &World, kind: &str, reply: &Reply) -> Result<Arc<Client>, Missed> {
    let refused = |what: &str| {
        let help = if matches!(reply.status, 401 | 403) { format!("; {CONFIGURE}") } else { String::new() };
        Missed::blocked(format!(
            "the registration of a {kind} client was refused: HTTP {}{what}{help}",
            reply.status
        ))
    };
    match (reply.status, reply.json()) {
        (200 | 201, Some(Value::Object(answer))) => {
            let client = Client::from_answer(&answer, world.redirect_uri())
                .map(Arc::new)
                .ok_or_else(|| refused(", without a client_id"))?;
            world.clients.remember(Arc::clone(&client));
            Ok(client)
        }
        (429, _) => Err(Missed::blocked(
            "rate limited (HTTP 429) at the registration; run with a lower --rate, or lift the limit for the test",
        )),
        (_, Some(answer)) => {
            let code = answer.get("error").and_then(Value::as_str).unwrap_or("no error code");
            Err(refused(&format!(" ({code})")))
        }
        _ => Err(refused("")),
    }
}

/// A client that was never registered.
pub(super) fn stranger(world: &World, dice: &mut Dice) -> Client {
    Client {
        id: format!("stranger-{}", dice.word(12)),
        secret: None,
        auth: AuthMethod::None,
        redirect_uri: world.redirect_uri().to_owned(),
        management: None,
    }
}

/// Deletes what the run has registered (RFC 7592 section 2.3); what could not be deleted is returned, a line each.
pub async fn delete_registered(world: &World) -> Vec<String> {
    let mut unmanaged = 0usize;
    let mut leftovers = Vec::new();
    for client in world.clients.take_registered() {
        match &client.management {
            None => unmanaged += 1,
            Some((uri, token)) => {
                if let Err(why) = delete(&world.wire, uri, token).await {
                    leftovers.push(format!("a client could not be deleted: {why}"));
                }
            }
        }
    }
    if unmanaged > 0 {
        let clients = if unmanaged == 1 {
            "1 registered client stays".to_owned()
        } else {
            format!("{unmanaged} registered clients stay")
        };
        leftovers.push(format!("{clients} behind: the server offers no deletion (RFC 7592)"));
    }
    leftovers
}

async fn delete(wire: &Wire, uri: &str, token: &str) -> Result<(), String> {
    let request =
        Request { method: "DELETE", ..Request::get(uri) }.header("authorization", format!("Bearer {token}"));
    match wire.send(&request).await {
        // 401 and 404 mean that it is gone already, as a case that deletes leaves it.
        Ok(reply) if matches!(reply.status, 200..=299 | 401 | 404) => Ok(()),
        Ok(reply) => Err(format!("HTTP {}", reply.status)),
        Err(error) => Err(error.to_string()),
    }
}
