//! Tokens that the issuer is asked about (RFC 7662 section 2.2).

use serde_json::Value;

use super::app::App;
use super::jwt::{check_audience, check_time};
use super::refusal::Refusal;
use crate::claims::Members;

/// What the issuer says of a token that is active. Where it names no issuer, audience or end, nothing is asked of
/// them: the issuer has looked at them itself.
pub(super) async fn active(
    app: &App,
    client_id: &str,
    client_secret: &str,
    token: &str,
) -> Result<Members, Refusal> {
    let said = app.issuer.introspect(client_id, client_secret, token).await?;
    if said.get("active") != Some(&Value::Bool(true)) {
        return Err(Refusal::Invalid("the issuer says that the token is not active".to_owned()));
    }
    if said.get("iss").is_some_and(|issuer| issuer.as_str() != Some(app.issuer.name())) {
        return Err(Refusal::Invalid("the token is from another issuer".to_owned()));
    }
    if said.get("exp").is_some() {
        check_time(app, &said)?;
    }
    if said.get("aud").is_some() {
        check_audience(app, said.get("aud"))?;
    }
    Ok(said)
}
