//! From the `scope` of a registration to what is stored and what is echoed.

use serde_json::Value;

use super::app::App;
use super::errors::OAuthError;
use super::log::{Level, Record};
use super::members::Members;
use crate::faults::Fault;
use crate::registration::{Expansion, RegistrationError, RegistrationPolicy, expand_registration};
use crate::scope::{ScopeSet, missing_scopes, union_scopes};

/// What a registration becomes. An honest server stores and echoes the same list (DCR-06).
#[derive(Debug)]
pub(super) struct RegisteredScope {
    /// What applies.
    pub(super) stored: Vec<String>,
    /// What the answer shows.
    pub(super) echoed: Option<Vec<String>>,
    /// Whether the baseline added to what was requested.
    pub(super) expanded: Expanded,
}

impl RegisteredScope {
    /// A scope that applies and is shown as it is.
    pub(super) fn plain(scope: Vec<String>) -> Self {
        Self { echoed: Some(scope.clone()), stored: scope, expanded: Expanded(None) }
    }
}

/// What there is to tell the operator of a registration that the baseline added to: the requested scopes and those that
/// apply (LOG-02).
#[derive(Debug)]
pub(super) struct Expanded(Option<(Vec<String>, Vec<String>)>);

impl Expanded {
    /// Tells it, once the registration is kept. It is what a baseline is for, and anybody can cause it, so it is told
    /// where only those look who look for it.
    pub(super) fn log(self, app: &App, client_name: Option<&str>) {
        let Some((requested, effective)) = self.0 else { return };
        let level = if app.has(Fault::ExpansionLoggedLoudly) { Level::Warn } else { Level::Debug };
        app.log(|| {
            Record::new(level, "the baseline was added to a registration")
                .with("client_name", client_name)
                .with("requested", requested)
                .with("effective", effective)
                .with("baseline", app.policy.baseline.clone())
        });
    }
}

/// The scopes that a registration requests.
pub(super) fn requested_scope(app: &App, members: &Members) -> Result<Vec<String>, OAuthError> {
    let mut requested = read(app, members)?;
    if app.has(Fault::RegistrationUnknownMember)
        && let Some(more) = members.get("scopes").and_then(Value::as_str)
    {
        requested.extend(more.split(' ').map(str::to_owned));
    }
    Ok(requested)
}

/// Validates and expands the scope of a registration. Nothing is stored by an error.
pub(super) fn register_scope(app: &App, requested: Vec<String>) -> Result<RegisteredScope, OAuthError> {
    let (mut stored, expanded) = expand(app, &requested).map_err(|error| {
        let wrong_code = app.has(Fault::RegistrationErrorCode);
        let code = if wrong_code { "invalid_scope" } else { "invalid_client_metadata" };
        OAuthError::new(code, error.to_string())
    })?;
    let mut echoed = Some(stored.clone());
    if app.has(Fault::RegistrationEchoDiffers) {
        stored.truncate(1);
    }
    if app.has(Fault::RegistrationEchoMissing) {
        echoed = None;
    }
    if app.has(Fault::EchoWithoutUnion) && !requested.is_empty() {
        echoed = Some(requested.clone());
    }
    if app.has(Fault::RegisteredScopesLinger) {
        app.store().lingering.extend(stored.clone());
    }
    let expanded = expanded || app.has(Fault::ExpansionLoggedAlways);
    let expanded = Expanded(expanded.then(|| (requested, stored.clone())));
    Ok(RegisteredScope { stored, echoed, expanded })
}

/// The requested scopes, in every form that the profile reads (DCR-02). Profile `standard` reads a string, and no
/// array, since RFC 7591 section 2 knows none.
fn read(app: &App, members: &Members) -> Result<Vec<String>, OAuthError> {
    match members.get("scope") {
        None => Ok(Vec::new()),
        Some(Value::String(text)) if app.is_toolhive() => {
            // Not the grammar but the supported list decides here (GR-03), so that the offender can be named.
            let words = text.split(' ').filter(|word| !word.is_empty());
            Ok(union_scopes(&words.collect::<Vec<_>>(), &[]))
        }
        Some(Value::String(text)) => {
            let parsed = ScopeSet::parse(text).map_err(|error| {
                OAuthError::invalid_metadata(format!("scope '{text}' is malformed: {error}"))
            })?;
            Ok(parsed.into_strings())
        }
        Some(Value::Array(_)) if app.has(Fault::RegistrationArrayServerError) => {
            Err(OAuthError::server_error("cannot unmarshal array into a string"))
        }
        Some(Value::Array(elements)) if app.is_toolhive() => elements_of(members, elements),
        Some(_) => Err(members.wrong_type("scope", "a string of scopes separated by spaces")),
    }
}

/// The requested scopes out of an array: null acts as an empty string, and empty strings are left out (DCR-02).
fn elements_of(members: &Members, elements: &[Value]) -> Result<Vec<String>, OAuthError> {
    let mut requested = Vec::new();
    for element in elements {
        match element {
            Value::Null => {}
            Value::String(text) if text.trim().is_empty() => {}
            Value::String(text) => requested.push(text.trim().to_owned()),
            _ => return Err(members.wrong_type("scope", "an array of strings")),
        }
    }
    Ok(requested)
}

/// Validates, then joins the baseline (DCR-01 steps 6 and 7). Tells the scopes, and whether the baseline added any.
fn expand(app: &App, requested: &[String]) -> Result<(Vec<String>, bool), RegistrationError> {
    let defaults = union_scopes(&app.policy.registration_default, &app.store().lingering);
    let policy = RegistrationPolicy {
        supported: &app.policy.supported,
        defaults: &defaults,
        baseline: &app.policy.baseline,
    };
    if let Some(bent) = bent(app, requested, &policy) {
        return Ok((bent, false));
    }
    let Expansion { registered, expanded } = expand_registration(Some(requested), &policy)?;
    Ok((bent_afterwards(app, registered, &policy), expanded))
}

/// What becomes of the registered scopes under a fault that bends them after the union.
fn bent_afterwards(app: &App, registered: Vec<String>, policy: &RegistrationPolicy<'_>) -> Vec<String> {
    if app.has(Fault::UnionSorted) {
        let mut sorted = registered;
        sorted.sort();
        return sorted;
    }
    if app.has(Fault::BaselineFirst) {
        return union_scopes(policy.baseline, &registered);
    }
    if app.has(Fault::BaselineReplaces) && !policy.baseline.is_empty() {
        return policy.baseline.to_vec();
    }
    if app.has(Fault::DefaultsAdded) {
        return union_scopes(&registered, policy.defaults);
    }
    registered
}

/// What comes of a registration under a fault that goes around the validation.
fn bent(app: &App, requested: &[String], policy: &RegistrationPolicy<'_>) -> Option<Vec<String>> {
    let union = union_scopes(requested, policy.baseline);
    let supported_only = || missing_scopes(&missing_scopes(policy.supported, &union), &union);
    if requested.is_empty() {
        return app.has(Fault::DefaultsUnchecked).then(|| union_scopes(policy.defaults, policy.baseline));
    }
    if app.has(Fault::UnsupportedFiltered) {
        return Some(supported_only()).filter(|kept| !kept.is_empty());
    }
    if policy.baseline.is_empty() {
        return None;
    }
    if app.has(Fault::UnionBeforeValidation) {
        return Some(supported_only());
    }
    app.has(Fault::BaselineUnsupportedAdmitted).then_some(union)
}
