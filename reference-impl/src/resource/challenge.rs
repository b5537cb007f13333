//! The challenge of a refused request (RFC 6750 section 3, RFC 9728 section 5.1).

use super::app::App;
use super::demand::{Demand, missing};
use super::refusal::Refusal;
use crate::challenge::BearerChallenge;
use crate::faults::Fault;
use crate::scope::ScopeSet;

/// The value of `WWW-Authenticate`: why, what scope is needed, and where the metadata stand.
pub(super) fn challenge(app: &App, refusal: &Refusal, demand: &Demand<'_>) -> String {
    let (_, error) = refusal.status(app);
    let named = named(app, refusal, demand);
    let challenge = BearerChallenge {
        error: error.map(str::to_owned),
        error_description: refusal.description(demand),
        scope: ScopeSet::from_tokens(&named).ok(),
        resource_metadata: Some(app.metadata_url(demand.resource)),
        ..BearerChallenge::default()
    };
    // Nothing of the request is in it, and the configuration was checked, so that everything can be written.
    let written = challenge.write().unwrap_or_else(|_| "Bearer".to_owned());
    misspelt(app, written, &named)
}

/// The scopes that the challenge names. A malformed request needs no other scope, so its challenge names none.
fn named(app: &App, refusal: &Refusal, demand: &Demand<'_>) -> Vec<String> {
    if matches!(refusal, Refusal::Malformed(_)) || app.has(Fault::ChallengeScopeUnnamed) {
        return Vec::new();
    }
    let mut named = demand.named(app);
    if let Refusal::Insufficient(held) = refusal {
        let lacking = missing(app, held, &named);
        if app.has(Fault::ChallengeOnlyMissing) {
            named = lacking;
        } else if app.has(Fault::ChallengeOneAtATime) {
            named = lacking.into_iter().take(1).collect();
        }
    }
    if app.has(Fault::OfflineAccessChallenged) {
        named.push("offline_access".to_owned());
    }
    if app.has(Fault::ChallengeCommaJoined) {
        named = vec![named.join(",")];
    }
    named
}

/// The challenge as a careless server writes it (only under a fault).
fn misspelt(app: &App, written: String, named: &[String]) -> String {
    let quoted = |scope: &str| format!("scope=\"{scope}\"");
    let honest = quoted(&named.join(" "));
    if app.has(Fault::ChallengeBare) {
        return "Bearer".to_owned();
    }
    if app.has(Fault::ChallengeUnquoted) {
        return written.replace(&honest, &honest.replace('"', ""));
    }
    if app.has(Fault::ChallengeTextRaw) {
        return written.replace('\'', "\"");
    }
    if app.has(Fault::ChallengeTextQuoted) {
        return written.replace('\'', "\\\"");
    }
    if app.has(Fault::ChallengeScopeJson) {
        let list = named.iter().map(|scope| format!("\\\"{scope}\\\"")).collect::<Vec<_>>().join(",");
        return written.replace(&honest, &quoted(&format!("[{list}]")));
    }
    if app.has(Fault::ChallengeScopeRepeated) {
        let each: Vec<String> = named.iter().map(|scope| quoted(scope)).collect();
        return written.replace(&honest, &each.join(", "));
    }
    written
}
