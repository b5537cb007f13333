//! Who consents, and to what.
//!
//! A person who is asked may leave scopes out, or decline; the client is then told what was granted (RFC 6749 section
//! 3.3), or that access is denied (section 4.1.2.1). Nobody can be asked here, so the persons are given: a request may
//! name one in `login_hint` (OpenID Connect Core section 3.1.2.1), and a hint that names nobody is ignored.

use super::app::App;
use super::decide::Said;
use super::errors::OAuthError;
use super::params::Params;
use super::store::Pending;
use crate::faults::Fault;
use crate::scope::{missing_scopes, union_scopes};
use crate::words::words;

/// What the resource owner consents to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Consent {
    /// Everything that is asked for.
    #[default]
    All,
    /// These scopes, as far as they are asked for; a request for none of them is denied.
    Narrow(Vec<String>),
    /// Nothing: every request is denied.
    Decline,
}

words! {
    /// A person who can be asked for consent. The word is the `login_hint` that names the person, and the `sub` of the
    /// tokens.
    pub enum Person: "person" {
        /// Who is there where nobody is named; consents as the configuration says.
        ResourceOwner = "resource-owner",
        /// Somebody else; consents to everything.
        SecondOwner = "second-owner",
        /// Somebody who consents to the last of the scopes that are asked for.
        CautiousOwner = "cautious-owner",
        /// Somebody who declines.
        UnwillingOwner = "unwilling-owner",
    }
}

/// Who is asked: whom the request names, else whom the configuration names.
pub(super) fn person(app: &App, params: &Params) -> Person {
    params.given("login_hint").and_then(|hint| hint.parse().ok()).unwrap_or_else(|| app.person())
}

/// Asks the person behind a request, and leaves in the grant what is consented to, which the token response will name.
pub(super) fn ask_consent(app: &App, pending: &mut Pending) -> Result<(), OAuthError> {
    let asked = &pending.grant.scope;
    let consented = consented(app, pending.person, asked);
    if consented.is_empty() {
        let text = "the resource owner did not consent; ask again, or for other scopes";
        return Err(OAuthError::new("access_denied", text));
    }
    if consented.len() < asked.len() && app.has(Fault::ConsentNarrowingUnsaid) {
        pending.said = Said::Nothing;
    }
    if !app.has(Fault::ConsentIgnored) {
        pending.grant.scope = consented;
    }
    if app.has(Fault::ConsentShared) {
        let (client, person) = (pending.grant.client_id.clone(), pending.person);
        let others = app.store().consents_of_others(client, person, &pending.grant.scope);
        pending.grant.scope = union_scopes(&pending.grant.scope, &others);
    }
    Ok(())
}

/// What a person consents to of what is asked for, in the order of the request; nothing if the person declines.
fn consented(app: &App, person: Person, asked: &[String]) -> Vec<String> {
    match (person, app.consent()) {
        (Person::UnwillingOwner, _) | (Person::ResourceOwner, Consent::Decline) => {
            if app.has(Fault::DeclinedConsentGrants) { asked.to_vec() } else { Vec::new() }
        }
        (Person::CautiousOwner, _) => asked.last().cloned().into_iter().collect(),
        (Person::ResourceOwner, Consent::Narrow(wanted)) => {
            missing_scopes(&missing_scopes(wanted, asked), asked)
        }
        (Person::SecondOwner, _) | (Person::ResourceOwner, Consent::All) => asked.to_vec(),
    }
}
