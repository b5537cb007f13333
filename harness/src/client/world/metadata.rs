//! The two metadata documents: of the resource (RFC 9728) and of the server (RFC 8414).

use serde_json::{Value, json};

use super::{answer::Out, log::Facts, servers::Server, state::State};
use crate::judge::Scopes;

/// Where the document of a resource is: the path of the resource follows this (RFC 9728 section 3.1).
pub(super) const RESOURCE: &str = "/.well-known/oauth-protected-resource";
/// Where the document of the server is.
pub(super) const SERVER: &str = "/.well-known/oauth-authorization-server";

impl State {
    /// The document of the resource.
    pub(super) fn resource_metadata(&self) -> Out {
        let resource = if self.rules.foreign { "/another-api" } else { self.base };
        let servers = self.rules.servers.iter().map(|server| self.issuer(*server));
        let document = json!({
            "resource": format!("{}{resource}", self.origin),
            "authorization_servers": servers.collect::<Vec<_>>(),
            "bearer_methods_supported": ["header"],
        });
        self.document(document, self.rules.resource_scopes.as_ref())
    }

    /// The document of a server.
    pub(super) fn server_metadata(&self, server: Server) -> Out {
        let issuer = self.issuer(server);
        let at = |path: &str| format!("{issuer}{path}");
        let document = json!({
            "issuer": issuer,
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "registration_endpoint": at("/register"),
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
        });
        self.document(document, self.rules.list_of(server))
    }

    #[expect(clippy::unused_self, reason = "the documents are read as parts of the world")]
    fn document(&self, mut document: Value, scopes: Option<&Scopes>) -> Out {
        if let (Some(scopes), Some(members)) = (scopes, document.as_object_mut()) {
            members.insert("scopes_supported".to_owned(), scopes.iter().collect::<Vec<_>>().into());
        }
        Out::json(200, &document).meaning(Facts { events: vec!["metadata_fetched"], ..Facts::default() })
    }
}
