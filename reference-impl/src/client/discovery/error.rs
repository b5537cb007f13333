//! Why the endpoints are not known.

use crate::client::shown::{shown, shown_list};
use crate::client::wire::HttpError;

/// Why the endpoints of the authorization server are not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// A document could not be had.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The server failed while it was asked for a document.
    #[error(
        "{} answered with status {status} when it was asked for its metadata; try again later",
        shown(url)
    )]
    Status {
        /// The document.
        url: String,
        /// The status.
        status: u16,
    },
    /// A document that is no JSON object, or lacks what every such document has.
    #[error("the metadata at {} cannot be used: {why}; report it to its operator", shown(url))]
    Document {
        /// The document.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The document is about another resource, so that nothing in it is used (RFC 9728 section 3.3).
    #[error(
        "the metadata at {} is about {}, not about {}; nothing of it was used",
        shown(url),
        shown(found),
        shown(asked)
    )]
    OtherResource {
        /// The document.
        url: String,
        /// What it is about.
        found: String,
        /// What we asked about.
        asked: String,
    },
    /// The document is that of another issuer (RFC 8414 section 3.3).
    #[error(
        "the metadata at {} is that of the issuer {}, not of {}; nothing of it was used",
        shown(url),
        shown(found),
        shown(asked)
    )]
    OtherIssuer {
        /// The document.
        url: String,
        /// Whose it is.
        found: String,
        /// Whose we asked for.
        asked: String,
    },
    /// No document at any of the places where it could be.
    #[error(
        "the authorization server {} publishes no metadata at {}; check the address, or name another server",
        shown(issuer),
        shown_list(places)
    )]
    NoServer {
        /// The authorization server.
        issuer: String,
        /// Where it was looked for.
        places: Vec<String>,
    },
    /// The server has no PKCE with S256.
    #[error("the authorization server {} does not support PKCE with S256, without which no login is safe", shown(.0))]
    NoPkce(String),
}
