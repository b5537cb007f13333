//! The resource server that `serve` starts beside the authorization server.

use std::collections::HashSet;

use scopecheck_reference::{
    faults::{Fault, FaultInfo, Role},
    registration::DEFAULT_SCOPES,
    resource::{self, Operation, ResourceConfig, RunningResource, TokenCheck},
    server::{Profile, ServerConfig, TokenFormat},
};
use serde_json::{Value, json};

use crate::{
    cli::CliError,
    wire::{Request, Wire, WireLimits},
};

/// What to start, as far as the flags decide it; the issuer is known only when it listens.
#[derive(Debug)]
pub(super) struct Beside {
    operations: Vec<Operation>,
    opaque: bool,
    faults: Vec<Fault>,
}

impl Beside {
    /// The resource server that fits an authorization server. It carries the faults of its own role.
    pub(super) fn of(config: &ServerConfig, faults: &[&'static FaultInfo]) -> Self {
        let own = faults.iter().filter(|info| info.role == Role::Resource);
        Self {
            operations: operations(config),
            opaque: config.token_format == TokenFormat::Opaque,
            faults: own.map(|info| info.fault).collect(),
        }
    }

    /// Starts it. Nobody can read an opaque token, so that the issuer is asked, by a client that is registered for it.
    pub(super) async fn start(self, issuer: &str) -> Result<RunningResource, CliError> {
        let check = if self.opaque { register(issuer).await? } else { TokenCheck::Jwt };
        let config = ResourceConfig {
            issuer: issuer.to_owned(),
            check,
            operations: self.operations,
            faults: self.faults.into_iter().collect(),
            // A client that names no resource gets tokens for the issuer itself, and is to be tried here as well.
            audiences: vec![issuer.to_owned()],
            ..ResourceConfig::default()
        };
        resource::start(config).await.map_err(|error| CliError::incomplete(error.to_string()))
    }
}

/// The operations of the reference resource server, or one for each supported scope where these are others.
fn operations(config: &ServerConfig) -> Vec<Operation> {
    let given = config.scopes_supported.clone().filter(|list| !list.is_empty());
    let supported = match (given, config.profile) {
        (None, Profile::Standard) => return ResourceConfig::default().operations,
        (None, Profile::Toolhive) => DEFAULT_SCOPES.map(str::to_owned).to_vec(),
        (Some(list), _) => list,
    };
    let mut names = HashSet::new();
    supported
        .iter()
        .map(|scope| Operation::all(&name_of(scope), &[scope]))
        .filter(|operation| names.insert(operation.name.clone()))
        .collect()
}

/// The name of the operation that demands a scope: the scope, with `-` for what cannot stand in a path, and around a name that is taken.
fn name_of(scope: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-._~".contains(c) { c } else { '-' };
    let name: String = scope.chars().map(plain).collect();
    if matches!(name.as_str(), "mcp" | "." | "..") { format!("-{name}-") } else { name }
}

/// Registers the resource server as a client that may ask about any token.
async fn register(issuer: &str) -> Result<TokenCheck, CliError> {
    let failed = |why: String| {
        CliError::incomplete(format!("the resource server cannot ask about opaque tokens: {why}"))
            .help("leave out `--token-format opaque`")
    };
    let wire = Wire::new(WireLimits::default(), None, true).map_err(|error| failed(error.to_string()))?;
    let body = json!({
        "client_name": "scopecheck resource server",
        "redirect_uris": ["http://127.0.0.1/unused"],
        "token_endpoint_auth_method": "client_secret_basic",
    });
    let request = Request::post(format!("{issuer}/oauth/register"), "application/json", body.to_string());
    let reply = wire.send(&request).await.map_err(|error| failed(error.to_string()))?;
    let answer = reply.json().unwrap_or_default();
    let member = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    match (member("client_id"), member("client_secret")) {
        (Some(client_id), Some(client_secret)) => Ok(TokenCheck::Introspection { client_id, client_secret }),
        _ => Err(failed(format!("its registration was answered with status {}", reply.status))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_operation_for_every_supported_scope() {
        let named = |config: &ServerConfig| -> Vec<String> {
            operations(config).into_iter().map(|operation| operation.name).collect()
        };
        assert_eq!(named(&ServerConfig::default()), ["read", "write", "export", "files", "admin"]);
        let toolhive = ServerConfig { profile: Profile::Toolhive, ..ServerConfig::default() };
        assert_eq!(named(&toolhive), ["openid", "profile", "email", "offline_access"]);
        let scopes = Some(["a:b", "a-b", "mcp", "https://x/y"].map(str::to_owned).to_vec());
        let given = ServerConfig { scopes_supported: scopes, ..ServerConfig::default() };
        assert_eq!(named(&given), ["a-b", "-mcp-", "https---x-y"]);
    }
}
