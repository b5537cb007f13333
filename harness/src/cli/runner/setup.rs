//! From a target table to what the engine is told of a server.

use crate::{
    cli::CliError,
    subject::{ClientMode, Login, Setup},
    target::{self, ClientAuth, LoginMode, ServerTable, Setting, UnknownScope},
};

/// What the commands of a target can name: this program.
pub(in crate::cli) fn setting() -> Result<Setting, CliError> {
    Setting::current().map_err(|error| CliError::incomplete(format!("this program cannot be found: {error}")))
}

/// What the engine is told. `ours` means that the address was chosen by us and says nothing to the reader.
pub(in crate::cli) fn setup(
    table: &ServerTable,
    issuer: &str,
    ours: bool,
    further: &[String],
) -> Result<Setup, CliError> {
    let secret = |name: &str| table.secret(name).map_err(|error| CliError::usage(error.to_string()));
    let mut canaries = Vec::new();
    let client = match table.client.mode {
        target::ClientMode::Dcr => ClientMode::Dynamic,
        target::ClientMode::Registered => {
            let id = table.client.id.clone().ok_or_else(|| {
                CliError::usage(format!(
                    "the table `{}` says `mode = \"registered\"` but names no client",
                    table.full_name()
                ))
                .help("add `id = \"...\"` to `client`")
            })?;
            let secret = if table.secrets.contains_key("client_secret") {
                Some(secret("client_secret")?)
            } else {
                None
            };
            canaries
                .extend(secret.iter().map(|secret| ("client_secret".to_owned(), secret.reveal().to_owned())));
            ClientMode::Registered { id, secret: secret.map(|secret| secret.reveal().to_owned()) }
        }
        target::ClientMode::Cimd => return Err(unsupported(table, "client", "cimd", "dcr and registered")),
    };
    let login = match table.login.mode {
        LoginMode::Auto => Login::Auto,
        LoginMode::Form => {
            let fields = table.login_fields().map_err(|error| CliError::usage(error.to_string()))?;
            let fields: Vec<(String, String)> =
                fields.iter().map(|(name, secret)| (name.clone(), secret.reveal().to_owned())).collect();
            canaries.extend(fields.iter().map(|(name, value)| {
                (if name.contains("pass") { "password" } else { "login" }.to_owned(), value.clone())
            }));
            Login::Form(fields)
        }
        LoginMode::Json => return Err(unsupported(table, "login", "json", "auto and form")),
        LoginMode::Command => return Err(unsupported(table, "login", "command", "auto and form")),
        LoginMode::Print => return Err(unsupported(table, "login", "print", "auto and form")),
        LoginMode::Token => return Err(unsupported(table, "login", "token", "auto and form")),
    };
    let mut profiles = table.profiles.clone();
    profiles.extend(further.iter().filter(|profile| !table.profiles.contains(profile)).cloned());
    Ok(Setup {
        name: table.target.clone(),
        table: table.table.clone(),
        issuer: issuer.to_owned(),
        address_is_ours: ours,
        profiles,
        grantable: table.scopes.grantable.clone(),
        forbidden: table.scopes.forbidden.clone(),
        unknown: match &table.scopes.unknown {
            UnknownScope::Auto => None,
            UnknownScope::Named(scope) => Some(scope.clone()),
        },
        default: table.scopes.default.clone(),
        client,
        register_scope: table.client.scope.clone(),
        secret_method: table
            .client
            .auth
            .iter()
            .find(|auth| **auth != ClientAuth::None)
            .map(|auth| auth.word()),
        redirect_uri: table.client.redirect_uri.clone(),
        login,
        capabilities: table.capabilities.iter().map(|(name, told)| (name.clone(), *told)).collect(),
        pin: table.pin.iter().map(|(check, behaviour)| (check.clone(), behaviour.clone())).collect(),
        starter: None,
        canaries,
    })
}

fn unsupported(table: &ServerTable, key: &str, mode: &str, known: &str) -> CliError {
    CliError::usage(format!(
        "the table `{}` says `{key}.mode = \"{mode}\"`, which this version does not execute",
        table.full_name()
    ))
    .help(format!("the modes that are executed are {known}"))
}
