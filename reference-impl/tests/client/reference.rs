//! The reference client against the reference servers.

use std::sync::Arc;

use scopecheck_reference::client::{ClientConfig, MemoryStore, OAuthProvider, Session, visit};
use scopecheck_reference::resource::{self, ResourceConfig, RunningResource};
use scopecheck_reference::server::{self, ClaimForm, RunningServer, ServerConfig};

use crate::support::list;

struct Loopback {
    server: RunningServer,
    resource: RunningResource,
    provider: Arc<OAuthProvider>,
}

impl Loopback {
    async fn start(server: ServerConfig) -> Self {
        let server = server::start(server).await.unwrap();
        let issuer = server.issuer().to_owned();
        let resource = resource::start(ResourceConfig { issuer, ..ResourceConfig::default() }).await.unwrap();
        let provider = OAuthProvider::new(ClientConfig::default(), Arc::new(MemoryStore::new()));
        Self { server, resource, provider: Arc::new(provider) }
    }

    fn session(&self) -> Session {
        Session::new(Arc::clone(&self.provider))
    }

    /// What happened, without what differs from run to run.
    fn notes(&self) -> String {
        let notes = self.provider.take_notes().join("\n");
        notes.replace(self.resource.url(), "http://RESOURCE").replace(self.server.issuer(), "http://SERVER")
    }
}

#[tokio::test]
async fn login_call_refusal_step_up_call() {
    let here = Loopback::start(ServerConfig::default()).await;
    here.provider.log_in(here.resource.url(), &list("read")).await.unwrap();
    let session = here.session();
    assert_eq!(session.call(here.resource.url(), Some("read")).await.unwrap().status, 200);
    assert_eq!(session.call(here.resource.url(), Some("write")).await.unwrap().status, 200);
    assert_eq!(session.call(here.resource.url(), Some("export")).await.unwrap().status, 200);
    insta::assert_snapshot!(here.notes());
}

#[tokio::test]
async fn every_claim_form_ends_in_the_same_grant() {
    for form in ClaimForm::ALL {
        let here = Loopback::start(ServerConfig { claim_form: Some(*form), ..ServerConfig::default() }).await;
        let session = here.session();
        session.call(here.resource.url(), Some("read")).await.unwrap();
        session.call(here.resource.url(), Some("write")).await.unwrap();
        let status = here.provider.status(None).await.unwrap();
        assert_eq!(status[0].credential.granted.names(), ["read", "write"], "{form}");
    }
}

#[tokio::test]
async fn a_plain_mcp_client_calls_every_tool() {
    let here = Loopback::start(ServerConfig::default()).await;
    let visit = visit(&here.session(), &here.resource.mcp_url()).await.unwrap();
    assert_eq!(visit.revision, "2025-11-25");
    assert_eq!(visit.tools, ["read", "write", "export", "files", "admin"]);
    insta::assert_snapshot!(here.notes());
}
