//! From the flags and the environment to a client.

use std::{
    fmt::Display,
    io::{IsTerminal as _, stderr, stdin, stdout},
    str::FromStr,
    sync::Arc,
};

use scopecheck_reference::{
    client::{Browser, ClientConfig, ClientProfile, FileStore, KnownClient, MemoryStore, TokenStore},
    faults::Role,
    scope::ScopeSet,
};
use scopecheck_scenarios::nearest::did_you_mean;

use super::context::Context;
use crate::cli::{CliError, args::ReferenceClientFlags, commands::reference::faults};

/// How the client behaves.
pub(super) fn config(flags: &ReferenceClientFlags, context: &Context) -> Result<ClientConfig, CliError> {
    let client_id = flags.client_id.clone().or_else(|| context.client_id.clone());
    // The secret belongs to the client of the context, and to no other.
    let secret = context.client_secret.clone().filter(|_| client_id == context.client_id);
    let given = |client_id| KnownClient { client_id, client_secret: secret };
    let ordinary = ClientConfig::default();
    let config = ClientConfig {
        profile: word("--profile", &flags.profile, ClientProfile::ALL)?,
        defaults: scopes("--default-scope", given_defaults(flags, context))?,
        client: client_id.map(given),
        issuer: flags.issuer.clone(),
        browser: word("--browser", &flags.browser, Browser::ALL)?,
        interactive: flags.interactive || is_interactive(),
        login_timeout: flags.login_timeout.unwrap_or(ordinary.login_timeout),
        mcp_revision: flags
            .protocol
            .clone()
            .or_else(|| flags.mcp_protocol.clone())
            .unwrap_or(ordinary.mcp_revision),
        faults: faults::of_role(&flags.faults, Role::Client)?,
        options: options(flags, context),
        ..ClientConfig::default()
    };
    Ok(config)
}

/// The default scopes that were typed, else those of the context.
fn given_defaults<'a>(flags: &'a ReferenceClientFlags, context: &'a Context) -> &'a [String] {
    if flags.defaults.is_empty() { &context.default_scopes } else { &flags.defaults }
}

/// Where tokens are kept.
pub(super) fn store(
    flags: &ReferenceClientFlags,
    context: &Context,
    config: &ClientConfig,
) -> Arc<dyn TokenStore> {
    match flags.state_dir.clone().or_else(|| context.state_dir.clone()) {
        Some(folder) => Arc::new(FileStore::new(folder).with_faults(&config.faults)),
        None => Arc::new(MemoryStore::new()),
    }
}

/// Scopes as they were typed, one each. An empty one is as good as none (CLI-01).
pub(super) fn scopes(flag: &str, typed: &[String]) -> Result<Vec<String>, CliError> {
    let typed: Vec<&String> = typed.iter().filter(|scope| !scope.is_empty()).collect();
    let set = ScopeSet::from_tokens(&typed).map_err(|error| {
        CliError::usage(format!("a value of {flag} is no scope: {error}"))
            .help(format!("write `{flag} a {flag} b` for two scopes"))
    })?;
    Ok(set.into_strings())
}

/// The flags that a hint has to repeat, so that it acts on the same tokens.
fn options(flags: &ReferenceClientFlags, context: &Context) -> Vec<String> {
    let mut options = Vec::new();
    if let Some(folder) = flags.state_dir.as_ref().or(context.state_dir.as_ref()) {
        options.extend(["--state-dir".to_owned(), folder.display().to_string()]);
    }
    if let Some(client_id) = &flags.client_id {
        options.extend(["--client-id".to_owned(), client_id.clone()]);
    }
    if let Some(issuer) = &flags.issuer {
        options.extend(["--issuer".to_owned(), issuer.clone()]);
    }
    if flags.browser != "none" {
        options.extend(["--browser".to_owned(), flags.browser.clone()]);
    }
    options
}

/// Whether a person is there: any of the three streams is a terminal, for one may well be redirected (SU-04).
fn is_interactive() -> bool {
    stdin().is_terminal() || stdout().is_terminal() || stderr().is_terminal()
}

fn word<T: FromStr + Display + Copy>(flag: &str, given: &str, known: &[T]) -> Result<T, CliError> {
    given.parse().map_err(|_| {
        let words: Vec<String> = known.iter().map(ToString::to_string).collect();
        let near = did_you_mean(given, words.iter().map(String::as_str));
        CliError::usage(format!("`{given}` is not a value of {flag}"))
            .help(near.unwrap_or_else(|| format!("write one of {}", words.join(", "))))
    })
}
