//! What has to hold before a server starts (CFG-03, CFG-05).

use super::app::Policy;
use super::config::ServerConfig;
use super::running::StartError;
use crate::faults::Fault;
use crate::registration::{BASELINE_FIELD, GateError, ProviderParameters, RunConfig};
use crate::scope::ScopeToken;

/// Refuses a configuration that must not be started with. Nothing has been done by then.
pub(super) fn check(config: &ServerConfig) -> Result<(), StartError> {
    let has = |fault| config.faults.contains(&fault);
    if !has(Fault::StartGateSkipped) {
        gates(config).map_err(|error| in_words(config, error))?;
    }
    if has(Fault::StartGateRawList) {
        let configured = config.scopes_supported.as_deref().unwrap_or_default();
        if let Some(scope) = config.baseline.iter().find(|scope| !configured.contains(scope)) {
            return Err(StartError::InOtherWords(format!(
                "{BASELINE_FIELD} contains {scope:?}, which is not configured"
            )));
        }
    }
    grammar(config)
}

/// How the refusal of a gate is said.
fn in_words(config: &ServerConfig, error: GateError) -> StartError {
    let has = |fault| config.faults.contains(&fault);
    if has(Fault::StartGateMute) {
        return StartError::InOtherWords("invalid config".to_owned());
    }
    if has(Fault::StartGateNamesAll) {
        let (baseline, supported) =
            (config.baseline.join(", "), config.scopes_supported.clone().unwrap_or_default().join(", "));
        return StartError::InOtherWords(format!(
            "{BASELINE_FIELD} has {baseline}, and supported is only {supported}"
        ));
    }
    error.into()
}

/// The three gates (CFG-03). Gate 1 looks at what was written, where no list means that of the profile.
fn gates(config: &ServerConfig) -> Result<(), GateError> {
    let runtime = Policy::new(config).runtime_config();
    let written = RunConfig {
        scopes_supported: Some(runtime.scopes_supported.clone()),
        baseline_client_scopes: config.baseline.clone(),
    };
    written.validate()?;
    runtime.validate()?;
    ProviderParameters::from_runtime_config(&runtime).validate()
}

/// Each configured scope follows the grammar. The system behind profile `toolhive` looks at it at admission only
/// (CFG-06) and would echo a supported scope that is empty as a space too many.
fn grammar(config: &ServerConfig) -> Result<(), StartError> {
    let lists = [
        ("scopes_supported", config.scopes_supported.as_deref().unwrap_or_default()),
        ("default_scope", config.default_scope.as_deref().unwrap_or_default()),
        (BASELINE_FIELD, config.baseline.as_slice()),
    ];
    for (field, scopes) in lists {
        for scope in scopes {
            let wrong = |source| StartError::Scope { field, scope: scope.clone(), source };
            scope.parse::<ScopeToken>().map_err(wrong)?;
        }
    }
    Ok(())
}
