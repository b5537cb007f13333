//! Tokens of any kind, as a case orders them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::issuer::{Issuer, IssuerError};
use crate::judge::Scopes;

/// How long a token is good, in seconds.
const LIFETIME: i64 = 600;
/// A resource server that nobody has: tokens for it are not for the one under test.
const ELSEWHERE: &str = "https://other-resource.example/";

/// What is ordered.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    /// The scope; `None` states nothing about it.
    pub(super) scope: Option<Scopes>,
    /// How the scope is stated, a word of the vocabulary.
    pub(super) form: String,
    /// A list for the claim `scp` beside that.
    pub(super) scp: Option<Scopes>,
    /// What is wrong with the token, a word of the vocabulary.
    pub(super) flaw: Option<String>,
}

/// Whose token it is, for whom and when.
#[derive(Debug, Clone)]
pub(super) struct Circumstances<'a> {
    /// The resource server that it is meant for.
    pub(super) audience: &'a str,
    /// The time, in seconds since 1970.
    pub(super) now: i64,
    /// What tells it from every other token.
    pub(super) id: &'a str,
}

/// Makes a token.
pub(super) fn mint(issuer: &Issuer, order: &Order, of: &Circumstances<'_>) -> Result<String, IssuerError> {
    let flaw = order.flaw.as_deref().unwrap_or_default();
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    // An expired token was good once, and has not been for long enough to leave no room for the leeway of a clock.
    let since = if flaw == "expired" { of.now - 3 * LIFETIME } else { of.now };
    put("iss", json!(issuer.url()));
    put("sub", json!("somebody"));
    put("client_id", json!("scopecheck"));
    put("aud", json!(if flaw == "audience" { ELSEWHERE } else { of.audience }));
    put("iat", json!(since));
    put("exp", json!(since + LIFETIME));
    put("jti", json!(of.id));
    if let Some(scope) = &order.scope {
        let (name, value) = stated(scope, &order.form);
        put(name, value);
    }
    if let Some(scp) = &order.scp {
        put("scp", list(scp));
    }
    let claims = Value::Object(claims);
    // Only a `scope` string is what RFC 9068 knows, so that only such a token may call itself an `at+jwt`.
    let kind = if order.form == "scope-string" && order.scp.is_none() { "at+jwt" } else { "JWT" };
    if flaw == "unsigned" {
        return Ok(format!("{}.{}.", encoded(&json!({ "alg": "none", "typ": kind })), encoded(&claims)));
    }
    issuer.sign(kind, &claims, flaw != "signature")
}

/// The claim that states the scope.
fn stated(scope: &Scopes, form: &str) -> (&'static str, Value) {
    let text = || json!(scope.iter().collect::<Vec<_>>().join(" "));
    match form {
        "scope-array" => ("scope", list(scope)),
        "scp-string" => ("scp", text()),
        "scp-array" => ("scp", list(scope)),
        "roles-array" => ("roles", list(scope)),
        _ => ("scope", text()),
    }
}

fn list(scope: &Scopes) -> Value {
    json!(scope.iter().collect::<Vec<_>>())
}

/// A part of a JWT.
pub(super) fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::read_jwt;

    async fn minted(order: Order) -> (String, Map<String, Value>) {
        let issuer = Issuer::start(7).await.unwrap();
        let of = Circumstances { audience: "http://127.0.0.1:1", now: 10_000, id: "one" };
        let token = mint(&issuer, &order, &of).unwrap();
        let claims = read_jwt(&token).unwrap().claims;
        (token, claims)
    }

    fn order(form: &str) -> Order {
        Order { scope: Some(Scopes::read("a b")), form: form.to_owned(), ..Order::default() }
    }

    #[tokio::test]
    async fn every_form_states_the_scope_in_its_own_claim() {
        for (form, claim, value) in [
            ("scope-string", "scope", json!("a b")),
            ("scope-array", "scope", json!(["a", "b"])),
            ("scp-string", "scp", json!("a b")),
            ("scp-array", "scp", json!(["a", "b"])),
            ("roles-array", "roles", json!(["a", "b"])),
        ] {
            let (_, claims) = minted(order(form)).await;
            assert_eq!(claims[claim], value, "{form}");
            assert_eq!(
                claims.keys().filter(|name| ["scope", "scp", "roles"].contains(&name.as_str())).count(),
                1
            );
        }
        let (_, silent) = minted(Order { form: "scope-string".to_owned(), ..Order::default() }).await;
        assert!(!silent.contains_key("scope"));
    }

    #[tokio::test]
    async fn a_flaw_is_the_only_thing_that_is_wrong() {
        let (honest, claims) = minted(order("scope-string")).await;
        let flawed =
            async |flaw: &str| minted(Order { flaw: Some(flaw.to_owned()), ..order("scope-string") }).await;
        assert_eq!(
            (claims["exp"].as_i64(), claims["aud"].as_str()),
            (Some(10_600), Some("http://127.0.0.1:1"))
        );
        assert!(flawed("expired").await.1["exp"].as_i64() < Some(10_000));
        assert_eq!(flawed("audience").await.1["aud"], ELSEWHERE);
        assert!(flawed("unsigned").await.0.ends_with('.'));
        let forged = flawed("signature").await.0;
        assert_ne!(forged.rsplit('.').next(), honest.rsplit('.').next());
        assert_eq!(forged.split('.').next(), honest.split('.').next());
    }
}
