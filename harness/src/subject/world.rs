//! The prepared subject: endpoints, capabilities, bound scopes, clients.

use std::{collections::BTreeMap, sync::Arc};

use scopecheck_scenarios::vocabulary::CONFIGURATIONS;
use serde_json::{Map, Value};

use super::{
    ClientMode, Clients, Setup,
    clients::{AuthMethod, Client},
    discover::{Found, PrepareError, WELL_KNOWN_OAUTH, WELL_KNOWN_OPENID, discover, well_known},
    setup::REDIRECT_URI,
};
use crate::{judge::Missed, plan::Bindings, system::Dice, wire::Wire};

/// The prepared subject of a run.
#[derive(Debug)]
pub struct World {
    /// What was known before.
    pub setup: Setup,
    /// The client of the run.
    pub wire: Wire,
    /// The server's metadata.
    pub metadata: Map<String, Value>,
    /// What the server can do, by the words of the vocabulary.
    pub capabilities: BTreeMap<&'static str, bool>,
    /// The profiles that are selected.
    pub profiles: Vec<String>,
    /// The scopes of the run; `row` and `random` are set for each instance.
    pub bindings: Bindings,
    /// The registered clients.
    pub clients: Clients,
    /// The seed of the run.
    pub seed: u64,
}

impl World {
    /// Contacts the server and reads what it says of itself.
    pub async fn prepare(setup: Setup, wire: Wire, seed: u64) -> Result<Self, PrepareError> {
        let found = discover(&wire, &setup.issuer).await?;
        if !["authorization_endpoint", "token_endpoint"].iter().any(|name| found.metadata.contains_key(*name))
        {
            let document = if found.oauth { WELL_KNOWN_OAUTH } else { WELL_KNOWN_OPENID };
            let url = well_known(&setup.issuer, document)?.swap_remove(0);
            return Err(PrepareError::NoEndpoint { url });
        }
        let supported = strings(&found.metadata, "scopes_supported").unwrap_or_default();
        let bindings = bindings(&setup, &supported, seed);
        let profiles = profiles(&setup, &found, &supported);
        let mut world = Self {
            setup,
            wire,
            capabilities: BTreeMap::new(),
            profiles,
            bindings,
            clients: Clients::default(),
            seed,
            metadata: found.metadata.clone(),
        };
        world.capabilities = world.discover_capabilities(&found);
        Ok(world)
    }

    /// The URL of an endpoint, as the metadata names it.
    pub fn endpoint(&self, name: &str) -> Result<String, Missed> {
        self.metadata
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| Missed::not_applicable(format!("the metadata names no `{name}`")))
    }

    /// The redirect URI of the run's clients.
    pub fn redirect_uri(&self) -> &str {
        self.setup.redirect_uri.as_deref().unwrap_or(REDIRECT_URI)
    }

    /// The capability that is missing, if any of these is.
    pub fn lacks<'a>(&self, needs: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        needs.into_iter().find(|need| self.capabilities.get(need) == Some(&false))
    }

    /// The client that the configuration names, if clients do not register themselves.
    pub(crate) fn configured_client(&self) -> Option<Arc<Client>> {
        let ClientMode::Registered { id, secret } = &self.setup.client else { return None };
        let auth = match (secret, self.setup.secret_method) {
            (None, _) => AuthMethod::None,
            (Some(_), Some("client_secret_post")) => AuthMethod::Post,
            (Some(_), _) => AuthMethod::Basic,
        };
        Some(Arc::new(Client {
            id: id.clone(),
            secret: secret.clone(),
            auth,
            redirect_uri: self.redirect_uri().to_owned(),
            management: None,
        }))
    }

    fn discover_capabilities(&self, found: &Found) -> BTreeMap<&'static str, bool> {
        let has = |name: &str| self.metadata.contains_key(name);
        let list = |name: &str, default: &[&str]| {
            strings(&self.metadata, name)
                .unwrap_or_else(|| default.iter().map(|word| (*word).to_owned()).collect())
        };
        let grants = list("grant_types_supported", &["authorization_code", "implicit"]);
        let grant = |name: &str| grants.iter().any(|grant| grant == name);
        // RFC 8414 section 2 names client_secret_basic where the member is missing; many servers that leave it out take public clients.
        let methods = list("token_endpoint_auth_methods_supported", &["client_secret_basic", "none"]);
        let dynamic = self.setup.client == ClientMode::Dynamic && has("registration_endpoint");
        let confidential = match &self.setup.client {
            ClientMode::Dynamic => {
                methods.iter().any(|method| method == "client_secret_basic" || method == "client_secret_post")
            }
            ClientMode::Registered { secret, .. } => secret.is_some(),
        };
        let public = match &self.setup.client {
            ClientMode::Dynamic => methods.iter().any(|method| method == "none"),
            ClientMode::Registered { secret, .. } => secret.is_none(),
        };
        // A server whose scopes are unknown may have any number of them: what is missing then is told where it is asked for.
        let count =
            if self.bindings.grantable.is_empty() { usize::MAX } else { self.bindings.grantable.len() };
        let mut capabilities = BTreeMap::from([
            ("registration", dynamic),
            ("registration.management", dynamic),
            (
                "grant.code",
                has("authorization_endpoint") && has("token_endpoint") && grant("authorization_code"),
            ),
            ("grant.refresh_token", grant("refresh_token")),
            ("grant.client_credentials", grant("client_credentials") && confidential),
            ("client.confidential", confidential),
            ("client.public", public),
            ("introspection", has("introspection_endpoint")),
            ("revocation", has("revocation_endpoint")),
            ("metadata.oauth", found.oauth),
            ("metadata.openid", found.openid),
            ("scopes.two", count >= 2),
            ("scopes.three", count >= 3),
            ("scopes.forbidden", self.bindings.forbidden.is_some()),
            ("scopes.default", self.bindings.default.is_some()),
            ("token.jwt", true),
            // A server under test cannot be asked to decline; one that is made for tests may offer persons who do.
            ("settings", self.setup.starter.is_some()),
            ("consent.persons", has("scopecheck_persons")),
        ]);
        capabilities.extend(CONFIGURATIONS.iter().map(|word| (*word, false)));
        for (name, known) in &mut capabilities {
            if let Some(told) = self.setup.capabilities.get(*name) {
                *known = *told;
            }
        }
        capabilities
    }
}

/// The strings of an array in the metadata.
pub(crate) fn strings(metadata: &Map<String, Value>, name: &str) -> Option<Vec<String>> {
    let items = metadata.get(name)?.as_array()?;
    Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn bindings(setup: &Setup, supported: &[String], seed: u64) -> Bindings {
    let late = |scope: &&String| matches!(scope.as_str(), "openid" | "offline_access");
    let grantable: Vec<String> = if setup.grantable.is_empty() {
        let first = supported.iter().filter(|scope| !late(scope));
        first.chain(supported.iter().filter(late)).take(3).cloned().collect()
    } else {
        setup.grantable.clone()
    };
    let unknown = match setup.unknown.as_deref() {
        None | Some("auto") => format!("unknown-{}", Dice::new(seed, "unknown").word(8)),
        Some(unknown) => unknown.to_owned(),
    };
    let known = supported.iter().chain(&grantable).chain(&setup.forbidden).cloned().collect();
    Bindings {
        grantable,
        forbidden: setup.forbidden.clone(),
        unknown,
        random: String::new(),
        default: setup.default.clone(),
        operations: Vec::new(),
        known: Arc::new(known),
        row: None,
    }
}

fn profiles(setup: &Setup, found: &Found, supported: &[String]) -> Vec<String> {
    let mut profiles = setup.profiles.clone();
    if profiles.is_empty() {
        // The discovery document alone makes no OpenID provider: plain OAuth servers serve it for clients that look there.
        if found.openid && supported.iter().any(|scope| scope == "openid") {
            profiles.push("oidc".to_owned());
        }
        if found.metadata.contains_key("registration_endpoint") {
            profiles.push("dcr".to_owned());
        }
    }
    if !profiles.iter().any(|profile| profile == "oauth2") {
        profiles.insert(0, "oauth2".to_owned());
    }
    profiles
}
