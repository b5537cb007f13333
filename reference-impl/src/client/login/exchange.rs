//! The token endpoint: codes and refresh tokens for access tokens (RFC 6749 sections 4.1.3, 5 and 6).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::error::reply_error;
use super::{Registration, TokenError};
use crate::claims::Members;
use crate::client::shown::shown;
use crate::client::wire::{Http, Reply};

/// How long a token is good if the server does not say (TOK-03), in seconds.
const DEFAULT_LIFETIME: i64 = 3600;

/// The parameters of a token request that are nobody else's business.
const SECRETS: [&str; 3] = ["code", "code_verifier", "refresh_token"];

/// A token response.
#[derive(Clone, PartialEq)]
pub(in crate::client) struct TokenAnswer {
    /// `access_token`.
    pub(in crate::client) access_token: String,
    /// How long it is good, in seconds.
    pub(in crate::client) expires_in: i64,
    /// `refresh_token`, if there is one.
    pub(in crate::client) refresh_token: Option<String>,
    /// `id_token`, if there is one.
    pub(in crate::client) id_token: Option<String>,
    /// All members, `scope` among them.
    pub(in crate::client) members: Members,
}

impl TokenAnswer {
    /// What somebody has who reads an answer without looking whether it is one.
    pub(super) fn undefined() -> Self {
        Self {
            access_token: "undefined".to_owned(),
            expires_in: DEFAULT_LIFETIME,
            refresh_token: None,
            id_token: None,
            members: Members::default(),
        }
    }

    /// The same as somebody has it who reads `scope` elsewhere.
    pub(super) fn naming(mut self, scope: &str) -> Self {
        let members = serde_json::json!({ "scope": scope }).to_string();
        self.members = Members::read(&members).unwrap_or_default();
        self
    }
}

/// Posts a grant to the token endpoint. `scope` is no part of the form: a code has its own, and a refresh without it
/// keeps what was granted.
pub(in crate::client) async fn redeem(
    http: &Http,
    endpoint: &str,
    client: &Registration,
    auth_methods: Option<&[String]>,
    form: &[(&str, &str)],
) -> Result<TokenAnswer, TokenError> {
    let mut form = form.to_vec();
    let mut headers = vec![("accept", "application/json")];
    let basic;
    match &client.client_secret {
        None => form.push(("client_id", &client.client_id)),
        Some(secret) if uses_basic(client, auth_methods) => {
            basic = format!(
                "Basic {}",
                STANDARD.encode(format!("{}:{}", encoded(&client.client_id), encoded(secret)))
            );
            headers.push(("authorization", &basic));
        }
        Some(secret) => {
            form.extend([("client_id", client.client_id.as_str()), ("client_secret", secret.as_str())]);
        }
    }
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
    let reply = http.post(endpoint, "application/x-www-form-urlencoded", body, &headers).await?;
    if !reply.is_success() {
        let secrets = form.iter().filter(|(name, _)| SECRETS.contains(name)).map(|(_, value)| *value);
        let reply = without(reply, secrets.chain(client.client_secret.as_deref()));
        return Err(TokenError::Refused { status: reply.status, said: reply_error(&reply) });
    }
    read(&reply)
}

/// A reply without what was sent in secret: some servers repeat it in `error_description`.
fn without<'a>(mut reply: Reply, secrets: impl Iterator<Item = &'a str>) -> Reply {
    let mut text = reply.text();
    // What is shorter is no secret, and could be a part of any word.
    for secret in secrets.filter(|secret| secret.len() >= 8) {
        text = text.replace(secret, "[secret]");
    }
    reply.body = text.into_bytes();
    reply
}

/// Whether a secret goes into the header: the registered method decides, else what the server offers, else HTTP Basic,
/// which every server must take (RFC 6749 section 2.3.1).
fn uses_basic(client: &Registration, offered: Option<&[String]>) -> bool {
    match (client.auth_method.as_deref(), offered) {
        (Some(method), _) => method != "client_secret_post",
        (None, Some(offered)) => offered.iter().any(|method| method == "client_secret_basic"),
        (None, None) => true,
    }
}

/// Form-encoded, as the parts of HTTP Basic have to be (RFC 6749 section 2.3.1).
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Reads a token response. A message never holds the response itself: tokens are in it.
fn read(reply: &Reply) -> Result<TokenAnswer, TokenError> {
    let unusable = |why: String| TokenError::Unusable(why);
    let text = std::str::from_utf8(&reply.body).map_err(|_| unusable("it is not UTF-8".to_owned()))?;
    let members = Members::read(text).map_err(|error| {
        unusable(format!("it is no JSON object (line {}, column {})", error.line(), error.column()))
    })?;
    for name in ["access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope"] {
        if members.count(name) > 1 {
            return Err(unusable(format!("`{name}` stands there more than once")));
        }
    }
    let string = |name: &str| match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(unusable(format!("`{name}` is no string"))),
    };
    let access_token = string("access_token")?.filter(|token| !token.is_empty());
    let access_token = access_token.ok_or_else(|| unusable("it has no `access_token`".to_owned()))?;
    // RFC 6749 appendix A.12: visible ASCII characters and the space. A line break would end the header field.
    if !access_token.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return Err(unusable("its `access_token` has a character that no token may have".to_owned()));
    }
    // RFC 6749 section 7.1 forbids the use of a token of a type that is not understood.
    match string("token_type")? {
        Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
        Some(kind) => return Err(unusable(format!("its `token_type` is `{}`, not `Bearer`", shown(&kind)))),
        None => return Err(unusable("it has no `token_type`".to_owned())),
    }
    let expires_in = match members.get("expires_in") {
        None | Some(Value::Null) => DEFAULT_LIFETIME,
        Some(value) => value
            .as_i64()
            .filter(|seconds| *seconds >= 0)
            .ok_or_else(|| unusable("its `expires_in` is no whole number of seconds".to_owned()))?,
    };
    let (refresh_token, id_token) = (string("refresh_token")?, string("id_token")?);
    Ok(TokenAnswer { access_token, expires_in, refresh_token, id_token, members })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Result<TokenAnswer, String> {
        let reply =
            Reply { url: String::new(), status: 200, headers: Vec::new(), body: body.as_bytes().to_vec() };
        read(&reply).map_err(|error| error.to_string())
    }

    #[test]
    fn a_lifetime_that_is_not_told_is_an_hour() {
        assert_eq!(
            answer(r#"{"access_token":"t","token_type":"bearer"}"#).map(|answer| answer.expires_in),
            Ok(3600)
        );
    }

    #[test]
    fn a_secret_that_a_server_repeats_is_not_shown() {
        let body = br#"{"error":"invalid_grant","error_description":"rt-0123456789 has expired"}"#.to_vec();
        let reply = Reply { url: String::new(), status: 400, headers: Vec::new(), body };
        let said = reply_error(&without(reply, ["rt-0123456789", "error"].into_iter()));
        assert_eq!(said, "`invalid_grant`: [secret] has expired");
    }

    #[test]
    fn what_is_no_token_response_is_told_without_showing_it() {
        let bodies = [
            "",
            "[]",
            r#"{"token_type":"Bearer"}"#,
            r#"{"access_token":"","token_type":"Bearer"}"#,
            r#"{"access_token":"secret\r\nX: y","token_type":"Bearer"}"#,
            r#"{"access_token":"secret"}"#,
            r#"{"access_token":"secret","token_type":"mac\u001b"}"#,
            r#"{"access_token":"secret","token_type":"Bearer","expires_in":"3600"}"#,
            r#"{"access_token":"secret","token_type":"Bearer","expires_in":3600.0}"#,
            r#"{"access_token":"secret","token_type":"Bearer","expires_in":-1}"#,
            r#"{"access_token":"secret","token_type":"Bearer","expires_in":99999999999999999999}"#,
            r#"{"access_token":"secret","token_type":"Bearer","scope":"a","scope":"a b"}"#,
            r#"{"access_token":"secret","token_type":"Bearer","refresh_token":7}"#,
        ];
        let errors: Vec<String> = bodies.iter().map(|body| answer(body).err().unwrap_or_default()).collect();
        assert!(errors.iter().all(|error| !error.contains("secret")));
        insta::assert_snapshot!(errors.join("\n"));
    }
}
