//! `config`: what a server may be started with.

use serde::Deserialize;
use serde_json::json;

use super::registration::compares_raw;
use crate::faults::Fault;
use crate::library::input::{Text, read, texts};
use crate::library::instance::Library;
use crate::library::reply::{Answer, Refusal};
use crate::registration::{ProviderParameters, RunConfig, RuntimeConfig, admit_baseline};
use crate::scope::missing_scopes;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigInput {
    scopes_supported: Option<Vec<Text>>,
    baseline_client_scopes: Option<Vec<Text>>,
    #[serde(default)]
    gate: Gate,
    admission: Option<Vec<Text>>,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Gate {
    #[default]
    Run,
    Runtime,
    Provider,
}

/// `config`: a configuration at one of the three gates, or a list at admission.
pub(in crate::library) fn config(library: &Library, input: &str) -> Answer {
    let ConfigInput { scopes_supported, baseline_client_scopes, gate, admission } = read(input)?;
    if let Some(items) = admission {
        return admit(library, texts(items)?);
    }
    let written = RunConfig {
        scopes_supported: scopes_supported.map(texts).transpose()?,
        baseline_client_scopes: texts(baseline_client_scopes.unwrap_or_default())?,
    };
    let runtime = RuntimeConfig::from_run_config(&written);
    let parameters = ProviderParameters::from_runtime_config(&runtime);
    let passed = match gate {
        Gate::Run => written.validate(),
        Gate::Runtime => runtime.validate(),
        Gate::Provider => parameters.validate(),
    };
    passed.map_err(|error| Refusal::new("config", error))?;
    // Gate 3 of the system behind profile `toolhive` knows nothing of defaults (CFG-03).
    let raw = compares_raw(library) || (library.is_toolhive() && gate == Gate::Provider);
    let supported = written.scopes_supported.unwrap_or_default();
    let missing = missing_scopes(&supported, &written.baseline_client_scopes);
    if let (true, Some(scope)) = (raw, missing.first()) {
        let message = format!(
            "failed to create OAuth2 config: baseline_client_scopes contains {scope:?} which is not in \
             scopes_supported; add it there"
        );
        return Err(Refusal::new("config", message));
    }
    Ok(json!({ "supported": runtime.scopes_supported }))
}

/// Form 2: a list at admission.
fn admit(library: &Library, mut items: Vec<String>) -> Answer {
    if library.has(Fault::AdmissionSpaceAllowed) {
        items = items.into_iter().map(|item| item.replace(' ', "_")).collect();
    }
    admit_baseline(&items).map_err(|error| Refusal::new("admission", error))?;
    Ok(json!({ "admitted": true }))
}
