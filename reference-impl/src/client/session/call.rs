//! One call, from the first attempt to the answer that counts.

use std::sync::Arc;

use super::CallError;
use super::steps::Steps;
use crate::client::config::ClientConfig;
use crate::client::demand::Demand;
use crate::client::provider::{Credential, Need, OAuthProvider, Refusal};
use crate::client::shown::shown;
use crate::client::wire::{HttpError, Reply};
use crate::faults::Fault;

/// Most answers of 401 to one call: without a token, with an old one, with a new one.
const UNAUTHORIZED: u32 = 3;

/// A request to a resource, without its token.
#[derive(Debug, Clone)]
pub(in crate::client) struct Outgoing {
    /// The URL.
    pub(in crate::client) url: String,
    /// The JSON to post; without it, the request is a GET.
    pub(in crate::client) json: Option<String>,
    /// Further header fields.
    pub(in crate::client) headers: Vec<(&'static str, String)>,
}

/// Calls to resources, with what was learnt on the way.
#[derive(Debug)]
pub struct Session {
    provider: Arc<OAuthProvider>,
    steps: Steps,
}

impl Session {
    /// A session with the tokens of a provider.
    pub fn new(provider: Arc<OAuthProvider>) -> Self {
        Self { provider, steps: Steps::default() }
    }

    /// How the client behaves.
    pub(in crate::client) fn config(&self) -> &ClientConfig {
        self.provider.config()
    }

    /// Calls an operation of a resource, `GET RESOURCE/OPERATION`, or the resource itself; gives an answer of success.
    pub async fn call(&self, resource: &str, operation: Option<&str>) -> Result<Reply, CallError> {
        let url =
            operation.map_or_else(|| Ok(resource.to_owned()), |operation| below(resource, operation))?;
        let request =
            Outgoing { url, json: None, headers: vec![("accept", "application/json, */*".to_owned())] };
        let reply = self.send(resource, operation.unwrap_or_default(), &request).await?;
        if reply.is_success() {
            return Ok(reply);
        }
        Err(CallError::Status { status: reply.status, body: reply.text(), url: reply.url })
    }

    /// Sends a request until the resource neither asks for a token nor for a better one. What else it answers is for
    /// the caller to read.
    pub(in crate::client) async fn send(
        &self,
        resource: &str,
        operation: &str,
        request: &Outgoing,
    ) -> Result<Reply, CallError> {
        let mut credential = self.provider.usable(resource).await?;
        let mut unauthorized = 0;
        let mut demanded: Option<Vec<String>> = None;
        loop {
            let token = credential.map(|credential| credential.access_token);
            let reply = self.attempt(request, token.as_deref()).await?;
            let demand = Demand::read(&reply, self.config());
            let refused = match (reply.status, token) {
                (401, token) => {
                    unauthorized += 1;
                    if unauthorized >= UNAUTHORIZED || self.config().has(Fault::ClientGivesUp) {
                        return Err(CallError::Unauthorized(resource.to_owned()));
                    }
                    token.map(Refusal::Invalid)
                }
                (403, Some(token)) if demand.is_insufficient_scope(self.config()) => {
                    if self.config().has(Fault::ClientCountsAnew) && demanded.as_ref() != Some(&demand.scopes)
                    {
                        self.steps.clear(resource, operation);
                        demanded = Some(demand.scopes.clone());
                    }
                    let counted = self.steps.take(resource, operation, self.config().step_up_limit());
                    counted.map_err(|steps| too_many(resource, operation, steps, &demand))?;
                    Some(Refusal::Insufficient(token))
                }
                (403, _) => return Err(CallError::Forbidden(resource.to_owned())),
                _ => {
                    self.steps.clear(resource, operation);
                    return Ok(reply);
                }
            };
            self.note(&reply, &demand);
            credential = Some(self.better(resource, demand, refused).await?);
        }
    }

    /// Notes what a refusal asks for.
    fn note(&self, reply: &Reply, demand: &Demand) {
        let asks = if demand.scopes.is_empty() {
            "a token".to_owned()
        } else {
            format!("a token with `{}`", shown(&demand.scopes.join(" ")))
        };
        self.provider.note(format!("{} answers {} and asks for {asks}", shown(&reply.url), reply.status));
    }

    /// A token that meets a demand.
    async fn better(
        &self,
        resource: &str,
        demand: Demand,
        refused: Option<Refusal>,
    ) -> Result<Credential, CallError> {
        let Demand { scopes: required, metadata, .. } = demand;
        let select = required.is_empty();
        let need = Need { required, metadata, refused, select, afresh: false };
        Ok(self.provider.obtain(resource, &need).await?)
    }

    /// One attempt.
    async fn attempt(&self, request: &Outgoing, token: Option<&str>) -> Result<Reply, HttpError> {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (*name, &**value)).collect();
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        let http = self.provider.http();
        match &request.json {
            Some(json) => http.post(&request.url, "application/json", json.clone(), &headers).await,
            None => http.get(&request.url, &headers).await,
        }
    }
}

fn too_many(resource: &str, operation: &str, steps: u32, demand: &Demand) -> CallError {
    let (resource, operation) = (resource.to_owned(), operation.to_owned());
    CallError::StepUpLimit { resource, operation, steps, scopes: demand.scopes.clone() }
}

/// The URL of an operation: one more segment behind the path of the resource.
fn below(resource: &str, operation: &str) -> Result<String, HttpError> {
    let refused = |why: &str| HttpError::Url { url: resource.to_owned(), why: why.to_owned() };
    let mut url = url::Url::parse(resource).map_err(|error| refused(&error.to_string()))?;
    let Ok(mut segments) = url.path_segments_mut() else { return Err(refused("it has no path")) };
    segments.pop_if_empty().push(operation);
    drop(segments);
    Ok(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_one_segment_whatever_its_name() {
        let of = |resource: &str, operation: &str| below(resource, operation).unwrap();
        assert_eq!(of("http://127.0.0.1:1", "write"), "http://127.0.0.1:1/write");
        assert_eq!(of("http://127.0.0.1:1/api/", "write"), "http://127.0.0.1:1/api/write");
        assert_eq!(of("http://127.0.0.1:1/api?v=1", "a/b?c"), "http://127.0.0.1:1/api/a%2Fb%3Fc?v=1");
    }
}
