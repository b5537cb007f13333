//! Signed tokens (RFC 9068 section 4): the signature first, then issuer, audience and time. Only then is a claim read
//! for what it says.
//!
//! Only signatures with a public key count, so that no secret has to be shared and `none` is nothing special. The type
//! may be `at+jwt` or `JWT`: the second is what issuers write that carry scope in another claim.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Header, crypto, decode_header};
use serde_json::Value;

use super::app::App;
use super::clock::now;
use super::refusal::Refusal;
use crate::claims::Members;
use crate::faults::Fault;

/// The claims of a token that holds good.
pub(super) async fn verified(app: &App, token: &str) -> Result<Members, Refusal> {
    let invalid = |why: &str| Refusal::Invalid(why.to_owned());
    let (signed, signature) = token.rsplit_once('.').ok_or_else(|| invalid("the token is no JWT"))?;
    let (_, payload) = signed.split_once('.').ok_or_else(|| invalid("the token is no JWT"))?;
    if !app.has(Fault::UnsignedTokenAccepted) || !signature.is_empty() {
        check_signature(app, token, signed, signature).await?;
    }
    let octets = URL_SAFE_NO_PAD.decode(payload).map_err(|_| invalid("the claims cannot be decoded"))?;
    let text = std::str::from_utf8(&octets).map_err(|_| invalid("the claims are no UTF-8"))?;
    let claims = Members::read(text).map_err(|_| invalid("the claims are no JSON object"))?;
    check_claims(app, &claims)?;
    Ok(claims)
}

/// Whether a key of the issuer made the signature.
async fn check_signature(app: &App, token: &str, signed: &str, signature: &str) -> Result<(), Refusal> {
    let header = decode_header(token)
        .map_err(|_| Refusal::Invalid("the header of the token cannot be used".to_owned()))?;
    check_header(&header)?;
    let keys = app.issuer.keys(header.kid.as_deref()).await?;
    let good = keys
        .iter()
        .filter(|key| key.common.key_algorithm.is_none_or(|of| of.to_string() == name(header.alg)));
    for key in good {
        let Ok(key) = DecodingKey::from_jwk(key) else { continue };
        if crypto::verify(signature, signed.as_bytes(), &key, header.alg).unwrap_or(false) {
            return Ok(());
        }
    }
    Err(Refusal::Invalid("no key of the issuer made the signature".to_owned()))
}

/// The name of an algorithm, as key sets write it.
fn name(algorithm: Algorithm) -> String {
    format!("{algorithm:?}")
}

/// Whether the token is of a type and an algorithm that count here.
fn check_header(header: &Header) -> Result<(), Refusal> {
    if matches!(header.alg, Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512) {
        return Err(Refusal::Invalid("the token is signed with a shared secret".to_owned()));
    }
    let kind = header.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
    match kind.strip_prefix("application/").unwrap_or(&kind) {
        "at+jwt" | "jwt" => Ok(()),
        _ => Err(Refusal::Invalid("the token is of another type than at+jwt or JWT".to_owned())),
    }
}

/// Whether the token was issued by the issuer, for this server, and is good at this time.
fn check_claims(app: &App, claims: &Members) -> Result<(), Refusal> {
    let invalid = |why: &str| Err(Refusal::Invalid(why.to_owned()));
    if claims.get("iss").and_then(Value::as_str) != Some(app.issuer.name()) {
        return invalid("the token is from another issuer");
    }
    check_time(app, claims)?;
    check_audience(app, claims.get("aud"))
}

/// Whether the token is good at this time (RFC 7519 sections 4.1.4 and 4.1.5). Clocks on one machine need no leeway.
pub(super) fn check_time(app: &App, claims: &Members) -> Result<(), Refusal> {
    // A time may have a fraction, and be as large as anybody likes.
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
    let now = now() as f64;
    let time = |name: &str| claims.get(name).map(|value| value.as_f64().unwrap_or(f64::NAN));
    let expired = !time("exp").is_some_and(|end| now < end);
    if expired && !app.has(Fault::ExpiredTokenAccepted) {
        return Err(Refusal::Invalid("the token has expired".to_owned()));
    }
    if time("nbf").is_some_and(|start| start.is_nan() || start > now) {
        return Err(Refusal::Invalid("the token is not good yet".to_owned()));
    }
    Ok(())
}

/// Whether the token is meant for this server (RFC 9068 section 4, RFC 9700 section 2.3).
pub(super) fn check_audience(app: &App, audience: Option<&Value>) -> Result<(), Refusal> {
    let own = match audience {
        Some(Value::String(one)) => app.is_audience(one),
        Some(Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).any(|one| app.is_audience(one))
        }
        _ => false,
    };
    if own || app.has(Fault::ForeignTokenAccepted) {
        return Ok(());
    }
    Err(Refusal::Invalid(format!("the token is for another audience; ask for one with resource={}", app.url)))
}
