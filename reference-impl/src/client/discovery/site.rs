//! The way from the resource to its authorization server.

use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use super::{DiscoveryError, ResourceMetadata, ServerMetadata, well_known};
use crate::client::ClientConfig;
use crate::client::wire::{Http, HttpError, Reply};
use crate::faults::Fault;
use crate::scope::union_of;

/// How long a client waits that does not.
const HASTE: Duration = Duration::from_millis(100);

/// A resource and its authorization server.
#[derive(Debug, Clone)]
pub(in crate::client) struct Site {
    /// What is sent as `resource` (RFC 8707).
    pub(in crate::client) resource: String,
    /// What the resource lists as `scopes_supported`.
    pub(in crate::client) scopes: Vec<String>,
    /// The authorization server that is chosen: the first that the resource names.
    pub(in crate::client) server: ServerMetadata,
    /// The other ones, in the order in which the resource names them; only a fault has a use for them.
    pub(in crate::client) others: Vec<ServerMetadata>,
}

impl Site {
    /// The authorization server that is asked, which is the chosen one.
    pub(in crate::client) fn asked(&self, config: &ClientConfig) -> &ServerMetadata {
        let last = self.others.last().filter(|_| config.has(Fault::ClientMixesServers));
        last.unwrap_or(&self.server)
    }

    /// What other authorization servers list than the one that is asked.
    pub(in crate::client) fn listed_elsewhere(&self, config: &ClientConfig) -> Vec<String> {
        let asked = &self.asked(config).issuer;
        let others = [&self.server].into_iter().chain(&self.others).filter(|server| server.issuer != *asked);
        union_of(&others.map(|other| &other.scopes[..]).collect::<Vec<_>>())
    }
}

/// Finds the authorization server of a resource, always anew: what a challenge points to may have changed since
/// (RFC 9728 section 5.2).
///
/// A resource without metadata is its own authorization server, unless the configuration names one. `kept` is the issuer that a client stays with
/// which does not look; only a fault does.
pub(in crate::client) async fn discover(
    http: &Http,
    config: &ClientConfig,
    resource: &Url,
    metadata: Option<&str>,
    kept: Option<&str>,
) -> Result<Site, DiscoveryError> {
    let places = metadata.map_or_else(|| well_known::of_resource(resource), |url| vec![url.to_owned()]);
    let document = first(http, &places);
    let reply = if config.has(Fault::ClientImpatient) {
        timeout(HASTE, document).await.unwrap_or(Ok(None))?
    } else {
        document.await?
    };
    let found = match reply {
        Some(reply) => {
            let any_resource = config.has(Fault::ClientForeignMetadata);
            Some(ResourceMetadata::read(&reply, resource, any_resource)?)
        }
        None => None,
    };
    let mut named = found.iter().flat_map(|found| found.authorization_servers.clone());
    let issuer = kept
        .map(str::to_owned)
        .or_else(|| named.next())
        .or_else(|| config.issuer.clone())
        .unwrap_or_else(|| resource.origin().ascii_serialization());
    let chosen = server(http, &issuer).await?;
    let mut others = Vec::new();
    if config.has(Fault::ClientPoolsServerLists) || config.has(Fault::ClientMixesServers) {
        for issuer in named {
            others.push(server(http, &issuer).await?);
        }
    }
    let (identifier, scopes) = match found {
        Some(found) => (found.resource, found.scopes),
        None => (resource.as_str().trim_end_matches('/').to_owned(), Vec::new()),
    };
    Ok(Site { resource: identifier, scopes, server: chosen, others })
}

/// The metadata of an authorization server.
async fn server(http: &Http, issuer: &str) -> Result<ServerMetadata, DiscoveryError> {
    let refused = |why: String| HttpError::Url { url: issuer.to_owned(), why };
    let url = Url::parse(issuer).map_err(|error| refused(error.to_string()))?;
    // Any other scheme has no origin to look for the documents at.
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("its scheme is not http or https".to_owned()).into());
    }
    let places = well_known::of_server(&url);
    match first(http, &places).await? {
        Some(reply) => ServerMetadata::read(&reply, issuer),
        None => Err(DiscoveryError::NoServer { issuer: issuer.to_owned(), places }),
    }
}

/// The first document that is there. A status of 4xx sends on to the next place, any other failure ends the search.
async fn first(http: &Http, places: &[String]) -> Result<Option<Reply>, DiscoveryError> {
    for url in places {
        let reply = http.get(url, &[("accept", "application/json")]).await?;
        match reply.status {
            200 => return Ok(Some(reply)),
            400..=499 => {}
            status => return Err(DiscoveryError::Status { url: url.clone(), status }),
        }
    }
    Ok(None)
}
