//! The three gates of a start-up (CFG-03). Each compares with the effective supported scopes.

use super::baseline::{BASELINE_FIELD, BaselineError, validate_baseline};
use super::expand::effective_supported;

/// The place at which a configuration was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// The configuration as it was read, before anything else happens.
    RunConfig,
    /// The configuration with the defaults applied, for callers that build it themselves.
    RuntimeConfig,
    /// The parameters of the OAuth machinery.
    Provider,
}

impl Gate {
    /// How the message of this gate begins (CFG-03).
    const fn prefix(self) -> &'static str {
        match self {
            Self::RunConfig => "invalid run config",
            Self::RuntimeConfig => "invalid config",
            Self::Provider => "failed to create OAuth2 config",
        }
    }
}

/// A configuration that must not be started with (CFG-05).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {source}; add it to scopes_supported or take it out of {}", .gate.prefix(), .source.field)]
pub struct GateError {
    /// The gate that refused.
    pub gate: Gate,
    /// What is wrong.
    pub source: BaselineError,
}

/// What an operator wrote (CFG-01).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunConfig {
    /// The supported scopes; nothing or an empty list means the default ones (CFG-02).
    pub scopes_supported: Option<Vec<String>>,
    /// The scopes that every client gains.
    pub baseline_client_scopes: Vec<String>,
}

impl RunConfig {
    /// Gate 1. The configuration is not changed by looking at it (CFG-02).
    pub fn validate(&self) -> Result<(), GateError> {
        let supported = self.scopes_supported.as_deref().unwrap_or_default();
        check(Gate::RunConfig, &self.baseline_client_scopes, supported)
    }
}

/// The configuration with the defaults applied. It owns its lists, so that a later change of what the operator wrote
/// changes nothing here (DCR-08).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuntimeConfig {
    /// The supported scopes.
    pub scopes_supported: Vec<String>,
    /// The scopes that every client gains.
    pub baseline: Vec<String>,
}

impl RuntimeConfig {
    /// Applies the defaults to what an operator wrote, without validating it.
    pub fn from_run_config(config: &RunConfig) -> Self {
        Self {
            scopes_supported: effective_supported(config.scopes_supported.as_deref().unwrap_or_default()),
            baseline: config.baseline_client_scopes.clone(),
        }
    }

    /// Gate 2.
    pub fn validate(&self) -> Result<(), GateError> {
        check(Gate::RuntimeConfig, &self.baseline, &self.scopes_supported)
    }
}

/// What the OAuth machinery works with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderParameters {
    /// The supported scopes.
    pub scopes_supported: Vec<String>,
    /// The scopes that every client gains.
    pub baseline: Vec<String>,
}

impl ProviderParameters {
    /// Takes the parameters from a configuration.
    pub fn from_runtime_config(config: &RuntimeConfig) -> Self {
        Self { scopes_supported: config.scopes_supported.clone(), baseline: config.baseline.clone() }
    }

    /// Gate 3. It too knows that no supported list means the default one; the system that the contract describes
    /// compares with the raw list here, which `contracts.md` calls a quirk.
    pub fn validate(&self) -> Result<(), GateError> {
        check(Gate::Provider, &self.baseline, &self.scopes_supported)
    }
}

/// The one check behind the three gates.
fn check(gate: Gate, baseline: &[String], supported: &[String]) -> Result<(), GateError> {
    validate_baseline(BASELINE_FIELD, baseline, supported).map_err(|source| GateError { gate, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(supported: Option<&[&str]>, baseline: &[&str]) -> RunConfig {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        RunConfig { scopes_supported: supported.map(owned), baseline_client_scopes: owned(baseline) }
    }

    fn gates(config: &RunConfig) -> [Result<(), GateError>; 3] {
        let runtime = RuntimeConfig {
            scopes_supported: config.scopes_supported.clone().unwrap_or_default(),
            baseline: config.baseline_client_scopes.clone(),
        };
        let provider = ProviderParameters::from_runtime_config(&runtime);
        [config.validate(), runtime.validate(), provider.validate()]
    }

    #[test]
    fn every_gate_compares_with_the_effective_supported_scopes() {
        for supported in [None, Some(&[][..])] {
            assert_eq!(gates(&written(supported, &["offline_access"])), [Ok(()), Ok(()), Ok(())]);
            assert!(gates(&written(supported, &["custom"])).iter().all(Result::is_err));
        }
    }

    #[test]
    fn every_gate_says_who_it_is() {
        let messages = gates(&written(Some(&["openid"]), &["openid", "offline_access"]))
            .map(|result| result.unwrap_err().to_string());
        insta::assert_snapshot!(messages.join("\n"), @r#"
        invalid run config: baseline_client_scopes contains "offline_access" which is not in scopes_supported; add it to scopes_supported or take it out of baseline_client_scopes
        invalid config: baseline_client_scopes contains "offline_access" which is not in scopes_supported; add it to scopes_supported or take it out of baseline_client_scopes
        failed to create OAuth2 config: baseline_client_scopes contains "offline_access" which is not in scopes_supported; add it to scopes_supported or take it out of baseline_client_scopes
        "#);
    }

    #[test]
    fn validation_changes_nothing_and_the_runtime_config_stands_apart() {
        let mut config = written(None, &["offline_access"]);
        let before = config.clone();
        config.validate().unwrap();
        assert_eq!(config, before);
        let runtime = RuntimeConfig::from_run_config(&config);
        config.baseline_client_scopes.push("admin".to_owned());
        assert_eq!(runtime.baseline, ["offline_access"]);
        assert_eq!(runtime.scopes_supported.len(), 4);
    }
}
