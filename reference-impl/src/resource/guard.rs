//! Who is let in: the token of a request is checked, and then its scope.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::app::App;
use super::config::TokenCheck;
use super::credentials::Presented;
use super::demand::Demand;
use super::held::held;
use super::introspection::active;
use super::jwt::verified;
use super::refusal::Refusal;
use crate::claims::{Members, read_claims};
use crate::faults::Fault;

/// Lets a request in, or says why not. What comes back is the scope of its token.
///
/// The order is that of RFC 6750 section 3.1: a token that is not good is never reported as one of too little scope.
pub(super) async fn admit(
    app: &App,
    presented: Presented<'_>,
    demand: &Demand<'_>,
) -> Result<Vec<String>, Refusal> {
    let token = match presented {
        Presented::Token(token) => token,
        Presented::Nothing if app.has(Fault::TokenNotDemanded) => return Ok(Vec::new()),
        Presented::Nothing => return Err(Refusal::NoToken),
        Presented::Malformed(why) => return Err(Refusal::Malformed(why)),
    };
    if app.has(Fault::ScopeBeforeValidity)
        && let Some(claims) = unverified(token)
    {
        let held = held(app, &claims)?;
        if !demand.met(app, &held) {
            return Err(Refusal::Insufficient(held));
        }
    }
    let claims = match &app.config.check {
        TokenCheck::Jwt => verified(app, token).await?,
        TokenCheck::Introspection { client_id, client_secret } => {
            active(app, client_id, client_secret, token).await?
        }
    };
    if app.has(Fault::AbsentScopeAllows) && !read_claims(&claims).state_something() {
        return Ok(Vec::new());
    }
    let held = held(app, &claims)?;
    if demand.met(app, &held) { Ok(held) } else { Err(Refusal::Insufficient(held)) }
}

/// The claims of a token that nobody has checked (only under a fault).
fn unverified(token: &str) -> Option<Members> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    Members::read(std::str::from_utf8(&payload).ok()?).ok()
}
