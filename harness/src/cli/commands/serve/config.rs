//! From the flags of `serve` to the configuration of the reference server.

use std::{fmt::Display, str::FromStr};

use scopecheck_reference::{
    faults::{self, FaultInfo, FaultProfile, Role},
    scope::ScopeSet,
    server::{ClaimForm, Consent, Person, Profile, ServerConfig, TokenFormat, UnknownScopes},
};
use scopecheck_scenarios::nearest::did_you_mean;

use super::{log::stderr_log, resource::Beside};
use crate::cli::{CliError, args::ServeArgs};

/// What a fault of the profile `toolhive` is shown with: the smallest world in which the baseline matters.
const SUPPORTED: [&str; 2] = ["openid", "offline_access"];
const BASELINE: &str = "offline_access";

/// What is served, and what the flags left to be decided here.
#[derive(Debug)]
pub(super) struct Served {
    /// The configuration.
    pub(super) config: ServerConfig,
    /// The faults that are switched on.
    pub(super) faults: Vec<&'static FaultInfo>,
    /// The resource server beside it.
    pub(super) beside: Beside,
    /// The fault that chose the profile.
    pub(super) chosen_by: Option<&'static FaultInfo>,
}

/// Reads the flags; `verbose` is how often `-v` was given.
pub(super) fn read(args: &ServeArgs, verbose: u8) -> Result<Served, CliError> {
    let faults = args.faults.iter().map(|name| fault(name)).collect::<Result<Vec<_>, _>>()?;
    let asked: Profile = word("--profile", &args.profile, Profile::ALL)?;
    let mut config = ServerConfig {
        profile: asked,
        port: args.port,
        scopes_supported: args.scopes.as_deref().map(|text| scopes("--scopes", text)).transpose()?,
        default_scope: args
            .default_scope
            .as_deref()
            .map(|text| scopes("--default-scope", text))
            .transpose()?,
        baseline: args
            .baseline
            .as_deref()
            .map(|text| scopes("--baseline", text))
            .transpose()?
            .unwrap_or_default(),
        unknown: word("--unknown", &args.unknown, UnknownScopes::ALL)?,
        claim_form: args
            .claim_form
            .as_deref()
            .map(|given| word("--claim-form", given, ClaimForm::ALL))
            .transpose()?,
        token_format: word("--token-format", &args.token_format, TokenFormat::ALL)?,
        upstream: args.upstream,
        person: word("--person", &args.person, Person::ALL)?,
        consent: match args.consent.as_deref() {
            None => Consent::All,
            Some(text) => match scopes("--consent", text)? {
                none if none.is_empty() => Consent::Decline,
                some => Consent::Narrow(some),
            },
        },
        rate_limit: args.rate_limit,
        capacity: args.capacity,
        log: stderr_log(verbose),
        faults: faults.iter().filter(|info| info.role == Role::Server).map(|info| info.fault).collect(),
    };
    let of_toolhive = faults.iter().copied().find(|info| info.profile == FaultProfile::Toolhive);
    let chosen_by = of_toolhive.filter(|_| asked != Profile::Toolhive);
    if chosen_by.is_some() {
        config.profile = Profile::Toolhive;
        config.upstream = true;
        let supported = config.scopes_supported.get_or_insert_with(|| SUPPORTED.map(str::to_owned).to_vec());
        // A baseline that the given scopes lack would only stop the start.
        if args.baseline.is_none() && supported.iter().any(|scope| scope == BASELINE) {
            config.baseline = vec![BASELINE.to_owned()];
        }
    }
    let beside = Beside::of(&config, &faults);
    Ok(Served { config, faults, beside, chosen_by })
}

fn fault(name: &str) -> Result<&'static FaultInfo, CliError> {
    let Some(info) = faults::find(name) else {
        let known = faults::all().iter().map(|info| info.name);
        return Err(CliError::usage(format!("there is no fault `{name}`")).help(
            did_you_mean(name, known)
                .unwrap_or_else(|| "`scopecheck serve --list-faults` shows them all".to_owned()),
        ));
    };
    if !matches!(info.role, Role::Server | Role::Resource) {
        return Err(CliError::usage(format!(
            "the fault `{name}` is one of the reference {}, which `serve` does not start",
            info.role
        ))
        .help(format!("`scopecheck explain {name}` says how it is tried")));
    }
    Ok(info)
}

fn word<T: FromStr + Display + Copy>(flag: &str, given: &str, known: &[T]) -> Result<T, CliError> {
    given.parse().map_err(|_| {
        let words: Vec<String> = known.iter().map(ToString::to_string).collect();
        let near = did_you_mean(given, words.iter().map(String::as_str));
        CliError::usage(format!("`{given}` is not a value of {flag}"))
            .help(near.unwrap_or_else(|| format!("write one of {}", words.join(", "))))
    })
}

fn scopes(flag: &str, text: &str) -> Result<Vec<String>, CliError> {
    ScopeSet::parse(text).map(ScopeSet::into_strings).map_err(|error| {
        CliError::usage(format!("{flag} is not a list of scopes: {error}"))
            .help("separate scopes by single spaces; a scope is made of visible ASCII characters without `\"` and `\\`")
    })
}
