//! The token endpoint (RFC 6749 sections 4.1.3 and 6): codes with PKCE, refresh tokens, and what the rules drop and say.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    answer::Out,
    log::{Facts, collect, scope, text},
    servers::Server,
    state::{RefreshToken, State},
};
use crate::judge::Scopes;

/// The times in a token are fixed: a client that reads them finds it valid, and a run is the same on every day.
const ISSUED: u64 = 1_767_225_600;
const EXPIRES: u64 = 4_102_444_800;

/// Who a token is issued to.
struct To<'a> {
    /// Who issues it.
    server: Server,
    client_id: &'a str,
    /// What the authorization request wants to see in an ID token.
    nonce: Option<&'a str>,
}

/// The refusal of a client that another server has registered.
fn strange() -> Out {
    Out::error("invalid_client", "this server has no such client")
}

impl State {
    /// Answers a token request to a server.
    pub(super) fn token(&mut self, server: Server, body: &[u8]) -> Out {
        let pairs = form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned()));
        let parameters = collect(pairs);
        self.at("token", &parameters, |world| match text(&parameters, "grant_type") {
            "authorization_code" => world.redeem(server, &parameters, Facts::default()),
            "refresh_token" => world.refresh(server, &parameters, Facts::default()),
            _ => Out::error("unsupported_grant_type", "codes and refresh tokens only"),
        })
    }

    fn redeem(&mut self, server: Server, parameters: &Map<String, Value>, facts: Facts) -> Out {
        if self.is_strange(server, text(parameters, "client_id")) {
            return strange().meaning(facts);
        }
        let own = self.codes.get(text(parameters, "code")).is_some_and(|code| code.server == server);
        let Some(code) = own.then(|| self.codes.remove(text(parameters, "code"))).flatten() else {
            return Out::error("invalid_grant", "the code is unknown or was redeemed before").meaning(facts);
        };
        if let Some(error) = self.rules.refuse.get("token") {
            return Out::error(error, "the code is good no more")
                .meaning(Facts { events: vec!["refused"], ..facts });
        }
        let verifier = URL_SAFE_NO_PAD.encode(Sha256::digest(text(parameters, "code_verifier")));
        if text(parameters, "redirect_uri") != code.redirect_uri {
            return Out::error("invalid_grant", "redirect_uri is not that of the authorization request")
                .meaning(facts);
        }
        if !code.challenge.is_empty() && verifier != code.challenge {
            return Out::error("invalid_grant", "code_verifier does not fit the challenge").meaning(facts);
        }
        // What is asked for stands in the authorization request; a scope beside the code means nothing (RFC 6749 section 4.1.3).
        let to = To { server, client_id: &code.client_id, nonce: code.nonce.as_deref() };
        self.issue(&to, code.requested.as_ref(), &code.granted, &code.granted, facts)
    }

    fn refresh(&mut self, server: Server, parameters: &Map<String, Value>, facts: Facts) -> Out {
        let mut facts = facts;
        facts.events.push("refresh_requested");
        if self.is_strange(server, text(parameters, "client_id")) {
            return strange().meaning(facts);
        }
        let sent = text(parameters, "refresh_token");
        let own = self.refresh_tokens.get(sent).is_some_and(|token| token.server == server);
        let Some(RefreshToken { client_id, original, .. }) =
            own.then(|| self.refresh_tokens.remove(sent)).flatten()
        else {
            return Out::error("invalid_grant", "the refresh token is unknown or was used before")
                .meaning(facts);
        };
        if !self.rules.refreshes {
            return Out::error("invalid_grant", "the refresh token is good no more").meaning(facts);
        }
        let requested = scope(parameters);
        let facts = Facts { requested: requested.clone(), ..facts };
        if requested.as_ref().is_some_and(|requested| !requested.within(&original)) {
            return Out::error("invalid_scope", "more than was granted at first").meaning(facts);
        }
        let asked = requested.unwrap_or_else(|| original.clone());
        let granted = self.granted(Some(&asked));
        let to = To { server, client_id: &client_id, nonce: None };
        self.issue(&to, Some(&asked), &granted, &original, facts)
    }

    fn issue(
        &mut self,
        to: &To<'_>,
        requested: Option<&Scopes>,
        granted: &Scopes,
        original: &Scopes,
        facts: Facts,
    ) -> Out {
        let mut facts = facts;
        facts.events.push("token_issued");
        let granted = self.raised(granted);
        let access = self.access_token(to, &granted);
        let refresh = format!("refresh-{}", self.dice.word(32));
        let mut answer = json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.rules.expires_in,
        });
        // Where nothing was asked for and nothing is there to grant, there is nothing to say.
        let says = self.rules.echo && (requested.is_some() || !granted.is_empty());
        let echo = says.then(|| self.echoed(&granted));
        let said = echo.as_ref().and_then(Value::as_str).map(str::to_owned);
        if let Some(members) = answer.as_object_mut() {
            members.extend(echo.map(|echo| ("scope".to_owned(), echo)));
            if self.rules.refresh_token {
                members.insert("refresh_token".to_owned(), Value::from(refresh.clone()));
            }
            members.extend(self.id_token(to).map(|token| ("id_token".to_owned(), Value::from(token))));
            if let Some(beside) = &self.rules.beside {
                let list: Vec<&str> = beside.iter().collect();
                members.insert("scopes".to_owned(), Value::from(list.clone()));
                members.insert("scp".to_owned(), Value::from(list.clone()));
                members.insert("granted_scopes".to_owned(), Value::from(list.join(" ")));
            }
        }
        self.tokens.insert(access, granted.clone());
        let (client_id, original) = (to.client_id.to_owned(), original.clone());
        self.refresh_tokens.insert(refresh, RefreshToken { server: to.server, client_id, original });
        let claimed = self.rules.claim.is_some().then(|| self.claimed(&granted));
        Out::json(200, &answer).header("cache-control", "no-store").meaning(Facts {
            said,
            claimed,
            granted: Some(granted.clone()),
            ..facts
        })
    }

    /// What is granted beyond what was asked for, where a rule says so.
    fn raised(&self, granted: &Scopes) -> Scopes {
        let extra = (self.rules.echo_as == "more").then_some("extra");
        Scopes::collect(granted.iter().chain(extra))
    }

    /// The member `scope` of a response.
    fn echoed(&self, granted: &Scopes) -> Value {
        let mut list: Vec<&str> = granted.iter().collect();
        match self.rules.echo_as.as_str() {
            "array" => Value::from(list),
            "null" => Value::Null,
            "reversed" => {
                list.reverse();
                Value::from(list.join(" "))
            }
            _ => Value::from(list.join(" ")),
        }
    }

    fn access_token(&mut self, to: &To<'_>, granted: &Scopes) -> String {
        let opaque = self.dice.word(40);
        let Some(claim) = &self.rules.claim else { return opaque };
        let claimed = self.claimed(granted);
        let scopes: Vec<&str> = claimed.iter().collect();
        let scope = if claim == "scp" { Value::from(scopes) } else { Value::from(scopes.join(" ")) };
        let claims = json!({
            "iss": self.issuer(to.server),
            "sub": self.rules.user,
            "aud": format!("{}{}", self.origin, self.base),
            "client_id": to.client_id,
            "iat": ISSUED,
            "exp": EXPIRES,
            "jti": opaque,
            claim: scope,
        });
        self.signed("at+jwt", &claims).unwrap_or(opaque)
    }

    /// What the claim of an access token names.
    fn claimed(&self, granted: &Scopes) -> Scopes {
        Scopes::collect(granted.iter().chain(self.rules.claims_more.iter()))
    }

    /// The ID token of a response, where the rules have one (OpenID Connect Core section 2).
    fn id_token(&self, to: &To<'_>) -> Option<String> {
        let scopes = self.rules.id_token.as_ref()?;
        let mut claims = json!({
            "iss": self.issuer(to.server),
            "sub": self.rules.user,
            "aud": to.client_id,
            "iat": ISSUED,
            "exp": EXPIRES,
            "scope": scopes.iter().collect::<Vec<_>>().join(" "),
        });
        if let (Some(claims), Some(nonce)) = (claims.as_object_mut(), to.nonce) {
            claims.insert("nonce".to_owned(), Value::from(nonce));
        }
        self.signed("JWT", &claims)
    }

    /// The client cannot check the signature, and the world only looks its own tokens up.
    fn signed(&self, typ: &str, claims: &Value) -> Option<String> {
        let header = Header { typ: Some(typ.to_owned()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(self.key.as_bytes())).ok()
    }
}
