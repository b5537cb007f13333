//! Protected resource metadata (RFC 9728).

use url::Url;

use super::DiscoveryError;
use super::text::{text, texts};
use crate::client::wire::Reply;

/// What a resource says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceMetadata {
    /// Its identifier, to be sent as `resource` (RFC 8707).
    pub resource: String,
    /// Its authorization servers, the first of which is used.
    pub authorization_servers: Vec<String>,
    /// `scopes_supported`; empty if it lists none.
    pub scopes: Vec<String>,
}

impl ResourceMetadata {
    /// Reads a document. It must be about the resource that was asked about, or about what that is a part of.
    pub(super) fn read(reply: &Reply, asked: &Url, any_resource: bool) -> Result<Self, DiscoveryError> {
        let unusable = |why: &str| DiscoveryError::Document { url: reply.url.clone(), why: why.to_owned() };
        let document = reply.object().ok_or_else(|| unusable("it is no JSON object"))?;
        let resource = text(&document, "resource").ok_or_else(|| unusable("it has no `resource`"))?;
        let covers = Url::parse(&resource).is_ok_and(|found| is_part_of(asked, &found));
        if !covers && !any_resource {
            let (url, asked) = (reply.url.clone(), asked.to_string());
            return Err(DiscoveryError::OtherResource { url, found: resource, asked });
        }
        Ok(Self {
            resource,
            authorization_servers: texts(&document, "authorization_servers").unwrap_or_default(),
            scopes: texts(&document, "scopes_supported").unwrap_or_default(),
        })
    }
}

/// Whether a URL is another, or lies below it.
fn is_part_of(url: &Url, whole: &Url) -> bool {
    let (path, prefix) = (url.path().trim_end_matches('/'), whole.path().trim_end_matches('/'));
    let below = path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    url.origin() == whole.origin() && whole.query().is_none_or(|query| url.query() == Some(query)) && below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_about_another_resource_is_not_used() {
        let part =
            |url: &str, whole: &str| is_part_of(&Url::parse(url).unwrap(), &Url::parse(whole).unwrap());
        assert!(part("http://h:1/mcp", "http://h:1/mcp"));
        assert!(part("http://h:1/mcp/", "http://h:1"));
        assert!(part("http://h:1/mcp/a", "http://h:1/mcp"));
        for (url, whole) in [
            ("http://h:1/mcp", "http://h:1/mcp/a"),
            ("http://h:1/mcpx", "http://h:1/mcp"),
            ("http://h:1/mcp", "http://h:2/mcp"),
            ("http://h:1/mcp", "https://h:1/mcp"),
            ("http://h:1/", "http://h:1/?a=b"),
        ] {
            assert!(!part(url, whole), "{url} {whole}");
        }
    }
}
