//! What a registration has lost while an authorization was under way (AZ-06, E2E-07).
//!
//! The request is decided on when it comes. Until its code is issued, and until the code is redeemed, the registration
//! may be replaced by a smaller one; what has left it then is granted no more.

use super::app::App;
use super::log::{Level, Record};
use super::store::Grant;
use crate::faults::Fault;
use crate::scope::missing_scopes;

/// Takes out of a grant what has left the client's registration since the request. `registered` is what the client
/// was registered for then: a scope that never was registered is not lost, and whoever granted it answers for it.
pub(super) fn drop_lost(app: &App, grant: &mut Grant, registered: &[String]) {
    if app.has(Fault::StoredScopeTrusted) {
        return;
    }
    let lost = {
        let store = app.store();
        let now = store.clients.get(&grant.client_id).map(|client| client.scope.as_slice());
        missing_scopes(now.unwrap_or_default(), registered)
    };
    let kept = missing_scopes(&lost, &grant.scope);
    for scope in missing_scopes(&kept, &grant.scope) {
        app.log(|| {
            Record::new(Level::Warn, "a scope that left the registration was not granted")
                .with("client_id", grant.client_id.as_str())
                .with("scope", scope)
        });
    }
    grant.scope = kept;
}
