//! A table of a target, read, merged and checked: everything that a run against a server needs to know.

use std::{path::PathBuf, time::Duration};

use indexmap::IndexMap;

use super::{Secret, SecretError, SecretSource};

/// How to find, start and use an authorization server.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerTable {
    /// The name of the target, such as `oidc-provider`.
    pub target: String,
    /// The name of the table, usually `default`.
    pub table: String,
    /// The folder in which commands run and beside which `expected.toml` lies; absent for the embedded target.
    pub folder: Option<PathBuf>,
    /// The profiles that the target claims, beside `oauth2`, which always holds.
    pub profiles: Vec<String>,
    /// The command that installs the target once into its own folder.
    pub install: Option<Vec<String>>,
    /// The command that starts the target; absent for one that runs already.
    pub start: Option<Start>,
    /// What `start` may name beside its other placeholders, with the values of this table: words of `SETTINGS`, which a case may choose
    /// anew. A table with settings writes its log to standard error, a JSON object a line.
    pub settings: IndexMap<String, String>,
    /// The issuer; it may hold `{port}` if there is a command that starts it.
    pub issuer: Option<String>,
    /// The scopes to ask for.
    pub scopes: Scopes,
    /// The client to be.
    pub client: Client,
    /// How to log in.
    pub login: Login,
    /// Where the secrets come from. Nothing is resolved before it is used.
    pub secrets: IndexMap<String, SecretSource>,
    /// What discovery cannot know: words of the vocabulary (`needs`) that hold or do not hold.
    pub capabilities: IndexMap<String, bool>,
    /// Observed behaviours that became checks, `case#check` to the word of the behaviour.
    pub pin: IndexMap<String, String>,
}

impl ServerTable {
    /// The table of a bare ISSUER: nothing is known but what discovery tells.
    pub fn bare(issuer: impl Into<String>) -> Self {
        Self {
            target: "issuer".to_owned(),
            table: "default".to_owned(),
            folder: None,
            profiles: Vec::new(),
            install: None,
            start: None,
            settings: IndexMap::new(),
            issuer: Some(issuer.into()),
            scopes: Scopes::default(),
            client: Client::default(),
            login: Login::default(),
            secrets: IndexMap::new(),
            capabilities: IndexMap::new(),
            pin: IndexMap::new(),
        }
    }

    /// `NAME/TABLE`, as `--target` takes it.
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.target, self.table)
    }

    /// The `expected.toml` beside the target, if there is one.
    pub fn expected_file(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("expected.toml")).filter(|path| path.is_file())
    }

    /// Obtains the secret of that name now.
    pub fn secret(&self, name: &str) -> Result<Secret, SecretError> {
        let folder = self.folder.as_deref();
        self.secrets
            .get(name)
            .ok_or_else(|| SecretError::Unnamed { name: name.to_owned() })?
            .resolve(name, folder)
    }

    /// The fields of the login form, with `{secrets.NAME}` replaced. Every value is treated as a secret.
    pub fn login_fields(&self) -> Result<IndexMap<String, Secret>, SecretError> {
        let field = |(name, value): (&String, &String)| {
            let secret = match value.strip_prefix("{secrets.").and_then(|rest| rest.strip_suffix('}')) {
                Some(secret) => self.secret(secret)?,
                None => Secret::new(value.clone()),
            };
            Ok((name.clone(), secret))
        };
        self.login.fields.iter().map(field).collect()
    }
}

/// The command that starts a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Program and arguments; `{port}` is a free port, `{scopecheck}` this program, and the rest are the settings.
    pub command: Vec<String>,
    /// What is added to our own environment.
    pub env: IndexMap<String, String>,
    /// The path that answers 200 once the target is ready.
    pub ready: String,
    /// How long to wait for that.
    pub timeout: Duration,
}

/// The scopes to ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes {
    /// What the client may be granted, in order.
    pub grantable: Vec<String>,
    /// What the server knows and the client may not have.
    pub forbidden: Option<String>,
    /// What the server does not know.
    pub unknown: UnknownScope,
    /// What a request without scope gets, as the server documents it; several, separated by spaces.
    pub default: Option<String>,
}

/// A scope that the server does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum UnknownScope {
    /// Made up for each run.
    #[default]
    Auto,
    /// Always this one.
    Named(String),
}

/// The client to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// Where it comes from.
    pub mode: ClientMode,
    /// How it authenticates, in the order of preference; empty means what the server offers.
    pub auth: Vec<ClientAuth>,
    /// The scope that it registers; without it, all grantable scopes.
    pub scope: Option<String>,
    /// Its client id, if it is registered already. Its secret is `client_secret` of `secrets`.
    pub id: Option<String>,
    /// Its redirect URI, if it is registered already.
    pub redirect_uri: Option<String>,
}

/// Where the client comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientMode {
    /// It registers itself (RFC 7591).
    #[default]
    Dcr,
    /// It is registered already.
    Registered,
    /// Its id is the URL of its metadata (draft-ietf-oauth-client-id-metadata-document).
    Cimd,
}

/// How the client authenticates at the token endpoint (RFC 7591 section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// A public client.
    None,
    /// HTTP Basic.
    ClientSecretBasic,
    /// In the form.
    ClientSecretPost,
}

impl ClientAuth {
    /// The word of the registry of RFC 7591.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
        }
    }
}

/// How to log in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// The way.
    pub mode: LoginMode,
    /// The fields to fill in, by name.
    pub fields: IndexMap<String, String>,
    /// `json`: where the fields are posted to, relative to the issuer.
    pub url: Option<String>,
    /// `command`: what is run with the authorization URL as its last argument.
    pub command: Vec<String>,
}

/// The way to log in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoginMode {
    /// Nobody has to: the server redirects at once.
    #[default]
    Auto,
    /// HTML forms are filled in and sent.
    Form,
    /// One JSON document is posted.
    Json,
    /// A command does it.
    Command,
    /// A person does it; the URL is printed.
    Print,
    /// There is no login: tokens are given.
    Token,
}
