//! Scripts: scripted servers beside a case, conforming and deviating, that prove its checks.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Word;

/// The scripts of one case, `<slug>.scripts.toml` beside `<slug>.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScriptFile {
    /// The scripts.
    #[serde(rename = "script")]
    pub scripts: Vec<Script>,
}

/// One scripted server: a base, and what it answers differently.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Script {
    /// The name, unique within the case.
    pub id: Word,
    /// One sentence: what this server does.
    pub title: String,
    /// A file of `scenarios/bases/`.
    pub base: Word,
    /// The row that is played; the first if left out.
    pub row: Option<Word>,
    /// The values of axes that are played; the first of each if left out.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub axes: IndexMap<String, Word>,
    /// Exactly these checks fail or warn; dependants may be `blocked`. Empty: the script conforms, every check that applies passes.
    #[serde(default)]
    pub breaks: Vec<Word>,
    /// What it answers differently from the base.
    #[serde(default, rename = "answer")]
    pub answers: Vec<Answer>,
}

/// A base of scripts: an answer for every endpoint.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Base {
    /// The name that `base` gives.
    pub id: Word,
    /// One sentence.
    pub title: String,
    /// The scopes that a run against this base may ask for.
    pub grantable: Vec<String>,
    /// A scope that no client may have.
    pub forbidden: Option<String>,
    /// The answers.
    #[serde(rename = "answer")]
    pub answers: Vec<Answer>,
}

/// One answer. It may hold `{code} {state} {client_id} {jwt:claim=value}`, `{origin}` (the scripted server itself) and no others.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answer {
    /// Given only while this step runs (`login`, or `login.token` inside a flow); left out in a base.
    pub step: Option<Word>,
    /// `metadata`, `openid`, `registration`, `client` (the registration's own URL), `authorization`, `token`, `introspection`, `revocation` or `upstream`.
    pub endpoint: Word,
    /// Token endpoint only: given only for this `grant_type`.
    pub grant: Option<Word>,
    /// The HTTP status; 200, 201 for a registration and 302 with `redirect` if left out.
    pub status: Option<u16>,
    /// Headers beside the usual ones.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// A JSON body.
    #[schemars(with = "Option<serde_json::Value>")]
    pub json: Option<toml::Value>,
    /// Any other body.
    pub body: Option<String>,
    /// A redirect to the client's redirect URI with these parameters.
    pub redirect: Option<IndexMap<String, String>>,
    /// A redirect to exactly this URL.
    pub location: Option<String>,
}
