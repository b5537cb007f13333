//! Each fault shows: under some probe the resource server that has it answers otherwise than the honest one.
//!
//! The snapshot is the evidence, and is meant to be read.

use std::fmt::Write as _;

use scopecheck_reference::faults::{Fault, Role, all};
use serde_json::{Value, json};

use crate::issuer::{encoded, now};
use crate::support::{Answer, Resource};

/// Something to send to a resource server.
#[derive(Debug, Clone)]
enum Probe {
    /// A call of `both` with a token of these claims.
    Claims(Value),
    /// A call of `both` without a token.
    Nobody,
    /// A call of `both` with a token without a signature.
    Unsigned,
    /// A call of the tool `both` with a token of this scope.
    Tool(&'static str),
    /// The metadata.
    Metadata,
}

use Probe::{Claims, Metadata, Nobody, Tool, Unsigned};

/// What shows a fault; `None` where it is one of another role.
fn probe(fault: Fault) -> Option<Probe> {
    let scope = |scope: &str| Claims(json!({ "scope": scope }));
    Some(match fault {
        Fault::InsufficientUnauthorized
        | Fault::ChallengeMissing
        | Fault::ChallengeBare
        | Fault::ChallengeScopeRepeated
        | Fault::ChallengeCommaJoined
        | Fault::ChallengeScopeJson
        | Fault::ChallengeUnquoted
        | Fault::ChallengeTextRaw
        | Fault::ChallengeTextQuoted
        | Fault::ChallengeScopeUnnamed
        | Fault::ChallengeOnlyMissing
        | Fault::AnyOfForAll => scope("files:read"),
        Fault::ChallengeOneAtATime | Fault::OfflineAccessChallenged => scope("other"),
        Fault::ErrorWithoutToken | Fault::TokenNotDemanded => Nobody,
        Fault::ScopeBeforeValidity => Claims(json!({ "scope": "other", "exp": now() - 1 })),
        Fault::ExpiredTokenAccepted => Claims(json!({ "scope": "files:read files:write", "exp": now() - 1 })),
        Fault::ForeignTokenAccepted => {
            Claims(json!({ "scope": "files:read files:write", "aud": "http://127.0.0.1:1" }))
        }
        Fault::UnsignedTokenAccepted => Unsigned,
        Fault::AbsentScopeAllows => Claims(json!({})),
        Fault::ResourcePrefixMatch => scope("files"),
        Fault::ResourceSubstringMatch => scope("xfiles:readx xfiles:writex"),
        Fault::ResourceCaseInsensitive => scope("FILES:READ FILES:WRITE"),
        Fault::ConflictingClaimsJoined => Claims(json!({ "scope": "files:read", "scp": ["files:write"] })),
        Fault::RolesReadAsScopes => Claims(json!({ "roles": ["files:read", "files:write"] })),
        Fault::ResourceScopeIgnored => scope("files:read files:write"),
        Fault::ResourceScpIgnored => Claims(json!({ "scp": ["files:read", "files:write"] })),
        Fault::ResourceMetadataNoScopes
        | Fault::ResourceMetadataEmptyScopes
        | Fault::ResourceMetadataScopesString
        | Fault::ResourceMetadataOtherScopes => Metadata,
        Fault::ToolScopeUnchecked | Fault::ToolScopeErrorInBody => Tool("files:read"),
        _ => return None,
    })
}

/// What a person would note of an answer.
fn noted(resource: &Resource, answer: &Answer) -> String {
    let challenge = match answer.status {
        200 => answer.text.clone(),
        _ => answer.challenge().to_owned(),
    };
    let metadata = r#", resource_metadata="$RESOURCE/.well-known/oauth-protected-resource"#;
    format!("{} {}", answer.status, resource.stable(&challenge).replace(metadata, " ..."))
}

async fn observe(fault: Option<Fault>, probe: &Probe) -> String {
    let resource = Resource::faulty(fault).await;
    let answer = match probe {
        Claims(members) => resource.call("/both", &resource.token(members.clone())).await,
        Nobody => resource.get("/both").await,
        Unsigned => {
            let claims = resource.claims(json!({ "scope": "files:read files:write" })).to_string();
            let token = format!("{}.{}.", encoded(r#"{"alg":"none"}"#), encoded(&claims));
            resource.call("/both", &token).await
        }
        Tool(scope) => resource.tool(Some(&resource.token(json!({ "scope": scope }))), "both").await,
        Metadata => {
            let document = resource.get("/.well-known/oauth-protected-resource").await.json();
            return document.get("scopes_supported").map_or("no list".to_owned(), Value::to_string);
        }
    };
    noted(&resource, &answer)
}

#[tokio::test]
async fn every_fault_of_the_resource_server_shows() {
    let mut page = String::new();
    for info in all().iter().filter(|info| info.role == Role::Resource) {
        let probe = probe(info.fault);
        assert!(probe.is_some(), "fault `{}` needs a probe", info.name);
        let probe = probe.unwrap();
        let (honest, faulty) = (observe(None, &probe).await, observe(Some(info.fault), &probe).await);
        assert_ne!(honest, faulty, "{}", info.name);
        writeln!(page, "{}: {}\n  honest: {honest}\n  faulty: {faulty}", info.name, info.sentence).unwrap();
    }
    insta::assert_snapshot!(page);
}
