//! What a login would ask for, and whether one is made at all.

use std::collections::HashSet;

use super::held::{Found, Held};
use super::{Need, OAuthProvider, ProviderError, Refusal};
use crate::client::store::StoreKey;
use crate::client::stored::Stored;
use crate::faults::Fault;
use crate::grant::Provenance;
use crate::scope::{missing_scopes, union_of, union_scopes};
use crate::step_up::{DeclineError, MissingScopes, Outcomes, Plan, covers, login_command, plan_step_up};

/// What to do about a need.
pub(super) enum Decision {
    /// Give out what is held.
    Use(Stored),
    /// Log in, asking for these scopes.
    LogIn(Vec<String>),
    /// Refresh, asking for these scopes: only a fault does.
    Refresh(Stored, Vec<String>),
}

impl OAuthProvider {
    /// Decides, from what there is and what is needed (SU-03, SU-08).
    pub(super) fn decide(
        &self,
        held: &Held,
        key: &StoreKey,
        found: &Found,
        need: &Need,
    ) -> Result<Decision, ProviderError> {
        let config = &self.config;
        let known = self.known(found.last.as_ref());
        let reached = match (&found.usable, &need.refused) {
            // The very token was refused as too little: that it looks covered is no evidence any more.
            (Some(usable), Some(Refusal::Insufficient(token))) if usable.record.access_token == *token => {
                if config.has(Fault::ClientRetriesSameToken) {
                    return Ok(Decision::Use(usable.clone()));
                }
                self.check_sense(key, usable, need)?;
                if config.has(Fault::ClientRefreshesForStepUp) {
                    return Ok(Decision::Refresh(usable.clone(), union_scopes(&known, &need.required)));
                }
                false
            }
            (Some(usable), _) if !need.afresh => {
                let granted = self.folded(usable.granted(config).names());
                covers(&granted, &self.folded(need.required.clone())).covered()
            }
            _ => false,
        };
        if let (true, Some(usable)) = (reached, &found.usable) {
            return Ok(Decision::Use(usable.clone()));
        }
        self.check_not_declined(held, key, &known, need)?;
        if !config.can_log_in() {
            return Err(self.nobody_there(key, &known, need));
        }
        Ok(Decision::LogIn(self.once(self.request(&known, need))))
    }

    /// The scopes that are known to be granted, whether or not the token is still good.
    fn known(&self, last: Option<&Stored>) -> Vec<String> {
        let Some(last) = last else { return Vec::new() };
        if self.config.has(Fault::ClientDropsRecorded) {
            last.claimed()
        } else {
            last.granted(&self.config).names()
        }
    }

    /// What a login asks for: the defaults, what is granted, what is required (UN-01).
    fn request(&self, known: &[String], need: &Need) -> Vec<String> {
        let config = &self.config;
        let (defaults, required) = (&config.defaults[..], &need.required[..]);
        if config.has(Fault::ClientRequestsOnlyMissing) && !known.is_empty() {
            return missing_scopes(known, required);
        }
        if config.has(Fault::ClientDropsDefaults) && !known.is_empty() {
            return union_scopes(known, required);
        }
        if config.has(Fault::ClientDropsGranted) {
            return union_scopes(defaults, required);
        }
        match plan_step_up(Outcomes::Three, defaults, known, required, true) {
            Plan::Reauthenticate { request } => request,
            // Nothing is missing, and yet a login is needed: the token has expired, or was refused.
            Plan::Covered | Plan::Missing { .. } => union_of(&[defaults, known, required]),
        }
    }

    /// Refuses a login that cannot bring more than is held: the token itself, or the server, said that it holds all that
    /// is asked for. What was merely assumed may be wrong, so that a login is worth trying.
    fn check_sense(&self, key: &StoreKey, usable: &Stored, need: &Need) -> Result<(), ProviderError> {
        let granted = usable.granted(&self.config);
        let is_certain = |scope: &String| {
            matches!(granted.provenance(scope), Some(Provenance::Claimed | Provenance::Echoed))
        };
        let certain = !need.required.is_empty() && need.required.iter().all(is_certain);
        if certain && self.config.step_up_limit().is_some() {
            return Err(ProviderError::Pointless(key.url()));
        }
        Ok(())
    }

    /// Refuses to ask again for what was declined a moment ago (MCP-SU-6).
    fn check_not_declined(
        &self,
        held: &Held,
        key: &StoreKey,
        known: &[String],
        need: &Need,
    ) -> Result<(), ProviderError> {
        let declined = held.declined.get(key).map(Vec::as_slice).unwrap_or_default();
        let missing = missing_scopes(known, &need.required);
        let again: Vec<String> = missing.into_iter().filter(|scope| declined.contains(scope)).collect();
        if again.is_empty() || need.afresh || self.config.has(Fault::ClientDeclineAskedAgain) {
            return Ok(());
        }
        Err(ProviderError::declined(&key.url(), DeclineError { missing: again }))
    }

    /// Names what is missing, and what to type (SU-05).
    pub(super) fn nobody_there(&self, key: &StoreKey, known: &[String], need: &Need) -> ProviderError {
        let missing = missing_scopes(known, &need.required);
        let mut target = self.config.options.clone();
        target.push(key.url());
        let (resource, program) = (key.url(), self.config.login_command.clone());
        if missing.is_empty() {
            return ProviderError::NotLoggedIn {
                resource,
                command: login_command(&program, &missing, &target),
            };
        }
        ProviderError::NobodyThere { resource, source: MissingScopes { missing, program, target } }
    }

    /// Scopes of a request, which are there once; under a fault, once as they are compared.
    fn once(&self, scopes: Vec<String>) -> Vec<String> {
        if !self.config.has(Fault::ClientCaseFolded) {
            return scopes;
        }
        let mut seen = HashSet::new();
        let folded = self.folded(scopes.clone());
        scopes
            .into_iter()
            .zip(folded)
            .filter(|(_, folded)| seen.insert(folded.clone()))
            .map(|(scope, _)| scope)
            .collect()
    }

    /// Scopes as they are compared: as they are.
    fn folded(&self, scopes: Vec<String>) -> Vec<String> {
        if self.config.has(Fault::ClientCaseFolded) {
            return scopes.iter().map(|scope| scope.to_lowercase()).collect();
        }
        scopes
    }
}
