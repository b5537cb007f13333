//! Finding a server: its metadata documents, and whether they are its own.

use serde_json::Value;
use thiserror::Error;

use crate::wire::{Reply, Request, Wire, WireError};

/// The document of RFC 8414.
pub const WELL_KNOWN_OAUTH: &str = "oauth-authorization-server";
/// The document of OpenID Connect Discovery.
pub const WELL_KNOWN_OPENID: &str = "openid-configuration";

/// Why a server cannot be tested at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PrepareError {
    /// It is no URL that can be an issuer.
    #[error(
        "`{issuer}` is not an issuer: {why}; write it as https://host[/path], as the server's metadata does"
    )]
    Issuer {
        /// What was given.
        issuer: String,
        /// What is wrong.
        why: String,
    },
    /// No document could be fetched.
    #[error("{url}: {error}; is the server running, and is this its issuer?")]
    Unreachable {
        /// The document.
        url: String,
        /// What happened.
        error: WireError,
    },
    /// What came back is no metadata.
    #[error("{url}: {what}; the issuer's metadata (RFC 8414 section 3) should be a JSON object there")]
    Unusable {
        /// The document.
        url: String,
        /// What came instead.
        what: String,
    },
    /// It says nothing that a grant could be asked with.
    #[error(
        "{url}: the metadata name neither `authorization_endpoint` nor `token_endpoint` (RFC 8414 section 2), so nothing can be asked of the server"
    )]
    NoEndpoint {
        /// The first place of the metadata.
        url: String,
    },
    /// The document belongs to somebody else.
    #[error(
        "{url}: the metadata names the issuer `{found}`, not `{issuer}`; RFC 8414 section 3.3 forbids using it. Test that issuer instead, or mend the server's configuration"
    )]
    OtherIssuer {
        /// The document.
        url: String,
        /// The issuer under test.
        issuer: String,
        /// The issuer in the document.
        found: String,
    },
}

/// The places where a document of an issuer may be: inserted before the path (RFC 8414 section 3.1), and appended to it (OpenID Connect
/// Discovery section 4).
pub fn well_known(issuer: &str, document: &str) -> Result<Vec<String>, PrepareError> {
    let bad = |why: String| PrepareError::Issuer { issuer: issuer.to_owned(), why };
    let url = url::Url::parse(issuer).map_err(|error| bad(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad(format!("its scheme is `{}`", url.scheme())));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(bad("an issuer has neither query nor fragment (RFC 8414 section 2)".to_owned()));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    let origin = url.origin().ascii_serialization();
    let inserted = format!("{origin}/.well-known/{document}{path}");
    let appended = format!("{origin}{path}/.well-known/{document}");
    Ok(if inserted == appended { vec![inserted] } else { vec![inserted, appended] })
}

/// What discovery found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// The members of both documents; the one of RFC 8414 wins.
    pub(crate) metadata: serde_json::Map<String, Value>,
    /// Whether the document of RFC 8414 is served.
    pub(crate) oauth: bool,
    /// Whether the document of OpenID Connect Discovery is served.
    pub(crate) openid: bool,
}

/// Fetches both documents; one is enough.
pub(crate) async fn discover(wire: &Wire, issuer: &str) -> Result<Found, PrepareError> {
    let mut found = Found::default();
    let mut first_error = None;
    for document in [WELL_KNOWN_OAUTH, WELL_KNOWN_OPENID] {
        for url in well_known(issuer, document)? {
            match fetch(wire, &url, issuer).await {
                Ok(members) => {
                    if document == WELL_KNOWN_OAUTH {
                        found.oauth = true;
                    } else {
                        found.openid = true;
                    }
                    for (name, value) in members {
                        found.metadata.entry(name).or_insert(value);
                    }
                    break;
                }
                // A server that does not answer at all is not asked again three times over.
                Err(error @ PrepareError::Unreachable { .. }) if !found.oauth => return Err(error),
                // A document of somebody else says more of what is wrong than the places without one.
                Err(error @ PrepareError::OtherIssuer { .. })
                    if !matches!(first_error, Some(PrepareError::OtherIssuer { .. })) =>
                {
                    first_error = Some(error);
                }
                Err(error) => {
                    first_error.get_or_insert(error);
                }
            }
        }
    }
    match first_error {
        Some(error) if !found.oauth && !found.openid => Err(error),
        _ => Ok(found),
    }
}

async fn fetch(wire: &Wire, url: &str, issuer: &str) -> Result<serde_json::Map<String, Value>, PrepareError> {
    let reply = wire
        .send(&Request::get(url))
        .await
        .map_err(|error| PrepareError::Unreachable { url: url.to_owned(), error })?;
    let members = object(&reply).map_err(|what| PrepareError::Unusable { url: url.to_owned(), what })?;
    match members.get("issuer").and_then(Value::as_str) {
        Some(found) if found == issuer => Ok(members),
        Some(found) => Err(PrepareError::OtherIssuer {
            url: url.to_owned(),
            issuer: issuer.to_owned(),
            found: found.to_owned(),
        }),
        None => Err(PrepareError::Unusable {
            url: url.to_owned(),
            what: "a JSON object without `issuer`".to_owned(),
        }),
    }
}

fn object(reply: &Reply) -> Result<serde_json::Map<String, Value>, String> {
    if (300..400).contains(&reply.status) {
        let to = reply.header("location").unwrap_or("nowhere");
        return Err(format!(
            "HTTP {} redirects to `{to}`, and redirects are not followed here",
            reply.status
        ));
    }
    if reply.status == 429 {
        return Err("rate limited (HTTP 429); run again later, or lift the limit for the test".to_owned());
    }
    if reply.status != 200 {
        return Err(format!("HTTP {}", reply.status));
    }
    if reply.oversized {
        return Err("the body is larger than 1 MiB".to_owned());
    }
    match reply.json() {
        Some(Value::Object(members)) => Ok(members),
        Some(_) => Err("JSON, but no object".to_owned()),
        None if reply.is_html() => Err("an HTML page instead of JSON".to_owned()),
        None => Err("invalid JSON".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_looked_for_before_and_behind_the_path() {
        assert_eq!(
            well_known("https://as.example", WELL_KNOWN_OAUTH).unwrap(),
            ["https://as.example/.well-known/oauth-authorization-server"]
        );
        assert_eq!(
            well_known("https://as.example/t/1", WELL_KNOWN_OPENID).unwrap(),
            [
                "https://as.example/.well-known/openid-configuration/t/1",
                "https://as.example/t/1/.well-known/openid-configuration"
            ]
        );
    }

    #[test]
    fn what_cannot_be_an_issuer_is_refused_with_the_reason() {
        for bad in ["", "as.example", "ftp://x", "https://x/?a=b", "https://x/#f"] {
            assert!(matches!(well_known(bad, WELL_KNOWN_OAUTH), Err(PrepareError::Issuer { .. })), "{bad}");
        }
    }
}
