//! What the server remembers: clients, codes and tokens, in memory only.

use std::collections::{BTreeMap, HashMap};

use super::client::Client;
use super::consent::Person;
use super::decide::Said;
use super::errors::OAuthError;
use super::redirect::RedirectTarget;

/// What a resource owner (or, for client credentials, nobody) granted to a client.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    /// Ties the tokens of one grant together, so that they can be revoked together.
    pub(super) id: String,
    /// The client.
    pub(super) client_id: String,
    /// The subject of its tokens.
    pub(super) subject: String,
    /// The granted scopes.
    pub(super) scope: Vec<String>,
    /// The resources that were named (RFC 8707).
    pub(super) resources: Vec<String>,
}

/// An authorization code that waits to be redeemed.
#[derive(Debug, Clone)]
pub(super) struct Code {
    /// What was granted.
    pub(super) grant: Grant,
    /// What the token response will say about the scope.
    pub(super) said: Said,
    /// The redirect URI, if the authorization request named one.
    pub(super) redirect_uri: Option<String>,
    /// The PKCE challenge (S256).
    pub(super) challenge: String,
    /// What the client was registered for at the time of the request.
    pub(super) registered: Vec<String>,
    /// When it expires.
    pub(super) expires_at: u64,
}

/// An authorization request that waits for the identity provider upstream.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    /// Where the answer goes.
    pub(super) target: RedirectTarget,
    /// What will be granted, as far as the person consents.
    pub(super) grant: Grant,
    /// Who is asked for consent.
    pub(super) person: Person,
    /// What the token response will say about the scope.
    pub(super) said: Said,
    /// The redirect URI, if the authorization request named one.
    pub(super) redirect_uri: Option<String>,
    /// What the client was registered for at the time of the request.
    pub(super) registered: Vec<String>,
    /// The PKCE challenge, if there was one.
    pub(super) challenge: Option<String>,
    /// An error that the client should have had at once (only under a fault).
    pub(super) refused: Option<OAuthError>,
}

/// An access token that was issued.
#[derive(Debug, Clone)]
pub(super) struct AccessToken {
    /// The grant, with the scope of this token.
    pub(super) grant: Grant,
    /// When it was issued.
    pub(super) issued_at: u64,
    /// When it expires.
    pub(super) expires_at: u64,
    /// Whether it was revoked.
    pub(super) revoked: bool,
}

/// Everything that is remembered. Lookups by key only; nothing depends on an order.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// The clients by their id.
    pub(super) clients: HashMap<String, Client>,
    /// What earlier registrations were given, under a fault that does not keep them apart.
    pub(super) lingering: Vec<String>,
    /// The codes that wait to be redeemed.
    pub(super) codes: HashMap<String, Code>,
    /// The grant of each code that was redeemed: a second use revokes it (RFC 6749 section 4.1.2).
    pub(super) redeemed: HashMap<String, String>,
    /// The requests that wait upstream, by the state that was sent there.
    pub(super) pending: HashMap<String, Pending>,
    /// The access tokens.
    pub(super) access_tokens: HashMap<String, AccessToken>,
    /// The refresh tokens that are good, each with the grant it is bound to.
    pub(super) refresh_tokens: HashMap<String, Grant>,
    turns: usize,
    // Who consented to what for which client (only under a fault).
    consents: HashMap<String, BTreeMap<Person, Vec<String>>>,
}

impl Store {
    /// Counts: 1, 2, 3 and so on.
    pub(super) fn next_turn(&mut self) -> usize {
        self.turns = self.turns.wrapping_add(1);
        self.turns
    }

    /// Keeps a client, unless `capacity` clients are there already. Tells whether it was kept.
    pub(super) fn add_client(&mut self, client: Client, capacity: usize) -> bool {
        let room = self.clients.len() < capacity;
        if room {
            self.clients.insert(client.id.clone(), client);
        }
        room
    }

    /// Puts a client in the place of the one that has its id. Tells whether there is one.
    pub(super) fn replace_client(&mut self, client: Client) -> bool {
        self.clients.get_mut(&client.id).map(|kept| *kept = client).is_some()
    }

    /// What others than this person have consented to for the client, whose own consent is noted.
    pub(super) fn consents_of_others(
        &mut self,
        client_id: String,
        person: Person,
        scope: &[String],
    ) -> Vec<String> {
        let consents = self.consents.entry(client_id).or_default();
        consents.insert(person, scope.to_vec());
        let others = consents.iter().filter(|(other, _)| **other != person);
        others.flat_map(|(_, scope)| scope.clone()).collect()
    }

    /// Ends everything that stems from a grant.
    pub(super) fn revoke_grant(&mut self, grant_id: &str) {
        self.refresh_tokens.retain(|_, grant| grant.id != grant_id);
        for token in self.access_tokens.values_mut().filter(|token| token.grant.id == grant_id) {
            token.revoked = true;
        }
    }

    /// Forgets a client and everything that was issued to it.
    pub(super) fn remove_client(&mut self, client_id: &str) {
        self.clients.remove(client_id);
        self.codes.retain(|_, code| code.grant.client_id != client_id);
        self.pending.retain(|_, pending| pending.grant.client_id != client_id);
        self.refresh_tokens.retain(|_, grant| grant.client_id != client_id);
        self.access_tokens.retain(|_, token| token.grant.client_id != client_id);
    }
}
