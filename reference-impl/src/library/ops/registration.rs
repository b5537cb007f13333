//! `expand_registration`, `validate_baseline` and `registration`: what a client registers.

use serde::Deserialize;
use serde_json::json;

use crate::faults::Fault;
use crate::library::input::{Object, Text, read, texts};
use crate::library::instance::Library;
use crate::library::reply::{Answer, Refusal};
use crate::registration::{
    self, BASELINE_FIELD, Expansion, RegistrationError, RegistrationPolicy, RequestedError,
    effective_supported, read_requested, read_requested_of_toolhive,
};
use crate::scope::{common_scopes, missing_scopes, union_scopes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpandInput {
    requested: Option<Vec<Text>>,
    supported: Vec<Text>,
    defaults: Vec<Text>,
    baseline: Vec<Text>,
}

/// `expand_registration`: what is registered for a request.
pub(in crate::library) fn expand_registration(library: &Library, input: &str) -> Answer {
    let ExpandInput { requested, supported, defaults, baseline } = read(input)?;
    let requested = texts(requested.unwrap_or_default())?;
    let (supported, defaults, baseline) = (texts(supported)?, texts(defaults)?, texts(baseline)?);
    let policy = RegistrationPolicy { supported: &supported, defaults: &defaults, baseline: &baseline };
    let Expansion { registered, expanded } = expand(library, requested, &policy)?;
    Ok(json!({ "registered": registered, "expanded": expanded }))
}

/// The expansion, or a faulty one.
fn expand(
    library: &Library,
    mut requested: Vec<String>,
    policy: &RegistrationPolicy<'_>,
) -> Result<Expansion, Refusal> {
    if library.has(Fault::ExpandUnionBeforeValidation) {
        requested =
            common_scopes(&union_scopes(&requested, policy.baseline), &effective_supported(policy.supported));
    }
    let asked = requested.len();
    let mut expansion =
        registration::expand_registration(Some(&requested), policy).map_err(|error| match error {
            RegistrationError::Unsupported { .. } => Refusal::new("unsupported-scope", error),
            RegistrationError::NoDefault { .. } => Refusal::new("no-default", error),
        })?;
    if library.has(Fault::ExpandBaselineFirst) {
        expansion.registered = union_scopes(policy.baseline, &expansion.registered);
    }
    if library.has(Fault::ExpandLengthCompared) {
        expansion.expanded = expansion.registered.len() != asked;
    }
    Ok(expansion)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineInput {
    baseline: Vec<Text>,
    supported: Vec<Text>,
}

/// `validate_baseline`: whether a server may start with a baseline.
pub(in crate::library) fn validate_baseline(library: &Library, input: &str) -> Answer {
    let BaselineInput { baseline, supported } = read(input)?;
    let (baseline, supported) = (texts(baseline)?, texts(supported)?);
    let offending = if compares_raw(library) {
        missing_scopes(&supported, &baseline).into_iter().next()
    } else {
        let checked = registration::validate_baseline(BASELINE_FIELD, &baseline, &supported);
        checked.err().map(|error| error.offending)
    };
    Ok(json!({ "valid": offending.is_none(), "offending": offending }))
}

/// Whether a baseline is compared with what was configured, and not with what applies.
pub(super) fn compares_raw(library: &Library) -> bool {
    library.has(Fault::BaselineRawSupported)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegistrationInput {
    body: Object,
}

/// `registration`: the scopes that the body of a registration requests.
pub(in crate::library) fn registration(library: &Library, input: &str) -> Answer {
    let body = read::<RegistrationInput>(input)?.body.members()?;
    let read = if library.is_toolhive() { read_requested_of_toolhive(&body) } else { read_requested(&body) };
    let requested = read.map_err(|error| {
        let kind = match error {
            RequestedError::Type { .. } => "type",
            RequestedError::Malformed(_) => "malformed",
            RequestedError::Repeated { .. } => "repeated",
        };
        Refusal::new(kind, error)
    })?;
    Ok(json!({ "requested": requested }))
}
