//! What is held, as a person reads it. Never a token.

use scopecheck_reference::client::{Credential, Status};
use scopecheck_reports::escape;
use serde_json::{Value, json};

/// Everything about one resource.
pub(super) fn status(status: &Status) -> String {
    let expiry = if status.expired { "expired".to_owned() } else { format!("in {} s", status.expires_in) };
    let rows = [
        ("identity", identity(&status.credential)),
        ("scopes", scopes(&status.credential)),
        ("expires", expiry),
        ("refreshable", if status.credential.refreshable { "yes" } else { "no" }.to_owned()),
    ];
    let rows = rows.map(|(name, value)| format!("  {name:<12} {}\n", escape::block(&value))).concat();
    format!("{}\n{rows}", escape::block(&status.resource))
}

/// Everything about all of them, for a program.
pub(super) fn json(all: &[Status]) -> String {
    let each = all.iter().map(|status| {
        let credential = &status.credential;
        json!({
            "resource": status.resource,
            "identity": credential.identity.name,
            "scopes": credential.granted.names(),
            "expires_at": credential.expires_at,
            "expired": status.expired,
            "refreshable": credential.refreshable,
        })
    });
    format!("{:#}\n", each.collect::<Value>())
}

/// Who the token is for.
fn identity(credential: &Credential) -> String {
    let (name, subject) = (&credential.identity.name, &credential.identity.subject);
    match (name.is_empty(), subject.is_empty() || subject == name) {
        (true, true) => "not told by the token".to_owned(),
        (true, false) => subject.clone(),
        (false, true) => name.clone(),
        (false, false) => format!("{name} ({subject})"),
    }
}

/// The scopes that are held, each with how it is known.
pub(super) fn scopes(credential: &Credential) -> String {
    if credential.granted.scopes.is_empty() {
        return "none".to_owned();
    }
    let one = |granted: &scopecheck_reference::grant::GrantedScope| {
        format!("{} ({})", granted.scope, granted.provenance)
    };
    credential.granted.scopes.iter().map(one).collect::<Vec<_>>().join(", ")
}
