//! The tables as they are written. Everything is optional here, because `extends` may supply it.

use indexmap::IndexMap;
use scopecheck_scenarios::model::Word;
use serde::Deserialize;
use toml::Spanned;

use super::Browser;

/// A `target.toml`, or the value of `[target.NAME]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTarget {
    #[serde(default)]
    pub(super) library: IndexMap<String, RawLibrary>,
    #[serde(default)]
    pub(super) server: IndexMap<String, RawServer>,
    #[serde(default)]
    pub(super) resource: IndexMap<String, RawResource>,
    #[serde(default)]
    pub(super) client: IndexMap<String, RawClient>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawServer {
    pub(super) extends: Option<Word>,
    pub(super) profiles: Option<Vec<Word>>,
    pub(super) install: Option<Spanned<Vec<Word>>>,
    pub(super) start: Option<RawStart>,
    pub(super) settings: Option<IndexMap<Spanned<String>, Word>>,
    pub(super) issuer: Option<Word>,
    pub(super) scopes: Option<RawScopes>,
    pub(super) client: Option<Spanned<RawRegistration>>,
    pub(super) login: Option<Spanned<RawLogin>>,
    pub(super) secrets: Option<IndexMap<String, Spanned<toml::Value>>>,
    pub(super) capabilities: Option<IndexMap<Spanned<String>, bool>>,
    pub(super) pin: Option<IndexMap<String, String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawStart {
    pub(super) command: Spanned<Vec<Word>>,
    #[serde(default)]
    pub(super) env: IndexMap<String, Word>,
    pub(super) ready: Option<Word>,
    pub(super) timeout: Option<Word>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawScopes {
    #[serde(default)]
    pub(super) grantable: Vec<Word>,
    pub(super) forbidden: Option<Word>,
    pub(super) unknown: Option<Word>,
    pub(super) default: Option<Word>,
}

/// The `client` key of a server: who we are there. (A `[client.TABLE]` is a client under test.)
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRegistration {
    pub(super) mode: Option<RawClientMode>,
    #[serde(default)]
    pub(super) auth: Vec<RawClientAuth>,
    pub(super) scope: Option<Word>,
    pub(super) id: Option<Word>,
    pub(super) redirect_uri: Option<Word>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawClientMode {
    Dcr,
    Registered,
    Cimd,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawClientAuth {
    None,
    ClientSecretBasic,
    ClientSecretPost,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawLogin {
    pub(super) mode: RawLoginMode,
    #[serde(default)]
    pub(super) fields: IndexMap<String, Word>,
    pub(super) url: Option<Word>,
    #[serde(default)]
    pub(super) command: Vec<Word>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawLoginMode {
    Auto,
    Form,
    Json,
    Command,
    Print,
    Token,
}

/// The table of a library under test.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawLibrary {
    pub(super) extends: Option<Word>,
    pub(super) profiles: Option<Vec<Word>>,
    pub(super) install: Option<Spanned<Vec<Word>>>,
    pub(super) command: Option<Spanned<Vec<Word>>>,
    pub(super) env: Option<IndexMap<String, Word>>,
    pub(super) capabilities: Option<IndexMap<Spanned<String>, bool>>,
    pub(super) pin: Option<IndexMap<Spanned<String>, String>>,
}

/// A resource server table. It is read, so that a mistake in it is told; no run uses it yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "resource servers are not executed yet, but their tables are checked")]
pub(super) struct RawResource {
    pub(super) extends: Option<Word>,
    pub(super) profiles: Option<Vec<Word>>,
    pub(super) install: Option<Spanned<Vec<Word>>>,
    pub(super) start: Option<RawStart>,
    pub(super) url: Option<Word>,
    pub(super) operations: Option<Vec<RawOperation>>,
    pub(super) tokens: Option<RawTokens>,
    pub(super) secrets: Option<IndexMap<String, Spanned<toml::Value>>>,
    pub(super) capabilities: Option<IndexMap<Spanned<String>, bool>>,
    pub(super) pin: Option<IndexMap<String, String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "resource servers are not executed yet, but their tables are checked")]
pub(super) struct RawOperation {
    pub(super) method: Option<Word>,
    pub(super) path: Option<Word>,
    pub(super) tool: Option<Word>,
    pub(super) requires: Word,
    #[serde(rename = "match")]
    pub(super) matching: Option<RawMatch>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawMatch {
    All,
    Any,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawTokens {
    Minted,
    Introspection,
    Server,
    Given,
}

/// The table of a client under test.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawClient {
    pub(super) extends: Option<Word>,
    pub(super) profiles: Option<Vec<Word>>,
    pub(super) install: Option<Spanned<Vec<Word>>>,
    pub(super) command: Option<Spanned<Vec<Word>>>,
    pub(super) commands: Option<RawCommands>,
    pub(super) env: Option<IndexMap<String, Word>>,
    pub(super) browser: Option<Browser>,
    pub(super) protocol: Option<Word>,
    pub(super) secrets: Option<IndexMap<String, Spanned<toml::Value>>>,
    pub(super) capabilities: Option<IndexMap<Spanned<String>, bool>>,
    pub(super) pin: Option<IndexMap<String, String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCommands {
    pub(super) login: Option<Spanned<Vec<Word>>>,
    pub(super) call: Option<Spanned<Vec<Word>>>,
    pub(super) calls: Option<Spanned<Vec<Word>>>,
    pub(super) status: Option<Spanned<Vec<Word>>>,
    pub(super) logout: Option<Spanned<Vec<Word>>>,
}

/// A table that may stand over another one of its kind.
pub(super) trait Layer: Clone + Default {
    /// The table that this one extends, once.
    fn base(&mut self) -> Option<Word>;

    /// This table over the one that it extends: each key that it states replaces the other's whole value.
    #[must_use]
    fn over(self, base: Self) -> Self;
}

impl Layer for RawServer {
    fn base(&mut self) -> Option<Word> {
        self.extends.take()
    }

    fn over(self, base: Self) -> Self {
        Self {
            extends: base.extends,
            profiles: self.profiles.or(base.profiles),
            install: self.install.or(base.install),
            start: self.start.or(base.start),
            settings: self.settings.or(base.settings),
            issuer: self.issuer.or(base.issuer),
            scopes: self.scopes.or(base.scopes),
            client: self.client.or(base.client),
            login: self.login.or(base.login),
            secrets: self.secrets.or(base.secrets),
            capabilities: self.capabilities.or(base.capabilities),
            pin: self.pin.or(base.pin),
        }
    }
}

impl Layer for RawLibrary {
    fn base(&mut self) -> Option<Word> {
        self.extends.take()
    }

    fn over(self, base: Self) -> Self {
        Self {
            extends: base.extends,
            profiles: self.profiles.or(base.profiles),
            install: self.install.or(base.install),
            command: self.command.or(base.command),
            env: self.env.or(base.env),
            capabilities: self.capabilities.or(base.capabilities),
            pin: self.pin.or(base.pin),
        }
    }
}

impl Layer for RawClient {
    fn base(&mut self) -> Option<Word> {
        self.extends.take()
    }

    fn over(self, base: Self) -> Self {
        Self {
            extends: base.extends,
            profiles: self.profiles.or(base.profiles),
            install: self.install.or(base.install),
            command: self.command.or(base.command),
            commands: self.commands.or(base.commands),
            env: self.env.or(base.env),
            browser: self.browser.or(base.browser),
            protocol: self.protocol.or(base.protocol),
            secrets: self.secrets.or(base.secrets),
            capabilities: self.capabilities.or(base.capabilities),
            pin: self.pin.or(base.pin),
        }
    }
}
