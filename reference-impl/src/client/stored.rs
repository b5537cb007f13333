//! What the client keeps of a token: the record, and whose it is.

use serde_json::{Map, Value};

use super::config::{ClientConfig, ClientProfile};
use super::login::{LoggedIn, TokenAnswer};
use super::outside::now;
use crate::claims::{Members, read_claims};
use crate::faults::Fault;
use crate::grant::{
    GrantRule, Granted, GrantedScope, Provenance, Recorded, RecordedError, granted, recorded,
};
use crate::identity::Identity;
use crate::record::{RecordError, StoredRecord};
use crate::scope::{missing_scopes, union_scopes};
use crate::token::read_token;

/// Where a token comes from, which is where alone its refresh token may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// The issuer.
    pub(super) issuer: String,
    /// Its token endpoint.
    pub(super) token_endpoint: String,
    /// As which client it was obtained.
    pub(super) client_id: String,
    /// For which resource (RFC 8707).
    pub(super) resource: String,
}

/// A record with its origin; records from before origins were kept have none, and are not refreshed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    /// The record.
    pub(super) record: StoredRecord,
    /// Where it comes from.
    pub(super) origin: Option<Origin>,
}

impl Stored {
    /// Whether the token may still be used (TOK-04).
    pub(super) fn is_valid(&self) -> bool {
        self.record.valid_at(now())
    }

    /// What is held, with how it is known.
    pub(super) fn granted(&self, config: &ClientConfig) -> Granted {
        let token = read_token(&self.record.access_token);
        let is_read =
            |claims: &&Members| claims.get("scope").is_some() || !config.has(Fault::ClientIgnoresScp);
        let claims = token.claims().filter(is_read).map(read_claims);
        let rule = match config.profile {
            ClientProfile::Standard if !config.has(Fault::ClientClaimMasked) => GrantRule::Claim,
            _ => GrantRule::Joined,
        };
        let held = granted(claims.as_ref(), &self.record.recorded(), rule);
        if config.has(Fault::ClientReadsIdToken) { self.with_id_token(held) } else { held }
    }

    /// What is held, and what the ID token names, which says nothing about access.
    fn with_id_token(&self, mut held: Granted) -> Granted {
        let token = self.record.id_token.as_deref().map(read_token);
        let claims = token.as_ref().and_then(|token| token.claims()).map(read_claims);
        let named = claims.map(|claims| claims.scopes().to_vec()).unwrap_or_default();
        for scope in missing_scopes(&held.names(), &named) {
            held.scopes.push(GrantedScope { scope, provenance: Provenance::Claimed });
        }
        held
    }

    /// What the token itself states, whatever was recorded.
    pub(super) fn claimed(&self) -> Vec<String> {
        let claims = read_token(&self.record.access_token).claims().map(read_claims);
        claims.map(|claims| claims.scopes().to_vec()).unwrap_or_default()
    }

    /// Who the token is for, as far as it can be seen.
    pub(super) fn identity(&self) -> Identity {
        let access = read_token(&self.record.access_token);
        let id = self.record.id_token.as_deref().map(read_token);
        Identity::of(access.claims(), id.as_ref().and_then(|token| token.claims()))
    }

    /// What a login brought.
    pub(super) fn of_login(
        brought: &LoggedIn,
        origin: Origin,
        config: &ClientConfig,
    ) -> Result<Self, RecordedError> {
        let record = record(&brought.answer, &brought.requested, config)?;
        Ok(Self { record, origin: Some(origin) })
    }

    /// What a refresh brought: what is not said anew stays as it was (TOK-06).
    pub(super) fn refreshed(
        &self,
        answer: &TokenAnswer,
        config: &ClientConfig,
    ) -> Result<Self, RecordedError> {
        let known =
            if config.has(Fault::ClientForgetsOnRefresh) { Vec::new() } else { self.granted(config).names() };
        let mut record = record(answer, &known, config)?;
        record.refresh_token = record.refresh_token.or_else(|| self.record.refresh_token.clone());
        record.id_token = record.id_token.or_else(|| self.record.id_token.clone());
        Ok(Self { record, origin: self.origin.clone() })
    }

    /// The text that is kept.
    pub(super) fn encode(&self) -> String {
        let text = self.record.encode();
        let Some(origin) = &self.origin else { return text };
        let Ok(mut members) = serde_json::from_str::<Map<String, Value>>(&text) else { return text };
        let mut put = |name: &str, value: &str| members.insert(name.to_owned(), Value::from(value));
        put("issuer", &origin.issuer);
        put("token_endpoint", &origin.token_endpoint);
        put("client_id", &origin.client_id);
        put("resource", &origin.resource);
        Value::Object(members).to_string()
    }

    /// Reads the text back.
    pub(super) fn decode(text: &str) -> Result<Self, RecordError> {
        let record = StoredRecord::decode(text)?;
        let members = Members::read(text).unwrap_or_default();
        let member = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        let origin = || {
            Some(Origin {
                issuer: member("issuer")?,
                token_endpoint: member("token_endpoint")?,
                client_id: member("client_id")?,
                resource: member("resource")?,
            })
        };
        Ok(Self { record, origin: origin() })
    }
}

/// The record of a token response.
fn record(
    answer: &TokenAnswer,
    requested: &[String],
    config: &ClientConfig,
) -> Result<StoredRecord, RecordedError> {
    let assumed = || Recorded::Known { scopes: requested.to_vec(), provenance: Provenance::Assumed };
    let mut recorded = recorded(requested, &answer.members)?;
    if config.has(Fault::ClientEchoIgnored)
        || (config.has(Fault::ClientEmptyEchoEverything) && recorded.scopes().is_empty())
    {
        recorded = assumed();
    }
    if config.has(Fault::ClientUnsaidIsNothing) && answer.members.get("scope").is_none() {
        recorded = Recorded::Known { scopes: Vec::new(), provenance: Provenance::Echoed };
    }
    if config.has(Fault::ClientReadsOtherMembers)
        && let Some(Value::Array(others)) = answer.members.get("scopes")
    {
        let others: Vec<String> = others.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let scopes = union_scopes(recorded.scopes(), &others);
        recorded = Recorded::Known { scopes, provenance: Provenance::Echoed };
    }
    let (scopes, provenance) = match recorded {
        Recorded::Unknown => (None, None),
        Recorded::Known { scopes, provenance } => (Some(scopes), Some(provenance)),
    };
    Ok(StoredRecord {
        access_token: answer.access_token.clone(),
        expires_at: now().saturating_add(answer.expires_in),
        refresh_token: answer.refresh_token.clone(),
        id_token: answer.id_token.clone(),
        scopes,
        provenance,
    })
}
