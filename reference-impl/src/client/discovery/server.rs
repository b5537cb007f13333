//! Authorization server metadata (RFC 8414).

use serde_json::Value;

use super::DiscoveryError;
use super::text::{text, texts};
use crate::client::wire::Reply;

/// What an authorization server says about itself, as far as a client has a use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerMetadata {
    /// Who it is.
    pub issuer: String,
    /// Where a login begins.
    pub authorization_endpoint: String,
    /// Where codes and refresh tokens are redeemed.
    pub token_endpoint: String,
    /// Where clients register themselves, if they can.
    pub registration_endpoint: Option<String>,
    /// How clients can authenticate; `None` if it does not say, which means HTTP Basic.
    pub auth_methods: Option<Vec<String>>,
    /// Whether every answer says which issuer it comes from (RFC 9207).
    pub names_issuer: bool,
    /// `scopes_supported`. A client has no use for it: what to ask for is the resource's to say (MCP-SEL-7).
    pub scopes: Vec<String>,
}

impl ServerMetadata {
    /// Reads a document, which must be that of the issuer, to the byte.
    pub(super) fn read(reply: &Reply, issuer: &str) -> Result<Self, DiscoveryError> {
        let url = || reply.url.clone();
        let unusable = |why: String| DiscoveryError::Document { url: url(), why };
        let document = reply.object().ok_or_else(|| unusable("it is no JSON object".to_owned()))?;
        let member =
            |name: &str| text(&document, name).ok_or_else(|| unusable(format!("it has no `{name}`")));
        let found = member("issuer")?;
        if found != issuer {
            return Err(DiscoveryError::OtherIssuer { url: url(), found, asked: issuer.to_owned() });
        }
        let pkce = texts(&document, "code_challenge_methods_supported");
        if !pkce.is_some_and(|methods| methods.iter().any(|method| method == "S256")) {
            return Err(DiscoveryError::NoPkce(found));
        }
        Ok(Self {
            authorization_endpoint: member("authorization_endpoint")?,
            token_endpoint: member("token_endpoint")?,
            registration_endpoint: text(&document, "registration_endpoint"),
            auth_methods: texts(&document, "token_endpoint_auth_methods_supported"),
            names_issuer: document.get("authorization_response_iss_parameter_supported")
                == Some(&Value::Bool(true)),
            scopes: texts(&document, "scopes_supported").unwrap_or_default(),
            issuer: found,
        })
    }
}
