//! The steps of a case: one verb each.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Text, Word, WordList};

/// Whose client a request is made as: the id of an earlier `register` step, or one of the words `shared`, `none` and `unknown`.
pub type ClientRef = Word;

/// One step: an id and exactly one verb. Steps run in the order of the file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Step {
    /// Later strings name an answer's fields as `{id.field}`.
    pub id: Word,
    /// The step is run only for these rows; empty means for all.
    #[serde(default)]
    pub rows: Vec<Word>,
    /// Fetch a metadata document.
    pub discover: Option<Discover>,
    /// Register a client (RFC 7591).
    pub register: Option<Register>,
    /// Replace a registration (RFC 7592 section 2.2).
    pub update: Option<Update>,
    /// Read a registration (RFC 7592 section 2.1): the id of a `register` step.
    pub read: Option<Word>,
    /// Delete a registration (RFC 7592 section 2.3): the id of a `register` step.
    pub delete: Option<Word>,
    /// Send an authorization request and follow it to its end (RFC 6749 section 4.1.1).
    pub authorize: Option<Authorize>,
    /// Send a token request; for a resource case: obtain a token of this scope.
    pub token: Option<TokenRequest>,
    /// Send a refresh request (RFC 6749 section 6).
    pub refresh: Option<Refresh>,
    /// Introspect a token (RFC 7662).
    pub introspect: Option<Introspect>,
    /// Revoke a token (RFC 7009).
    pub revoke: Option<Revoke>,
    /// Send a device authorization request (RFC 8628 section 3.1).
    pub device: Option<Device>,
    /// Exchange a token (RFC 8693).
    pub exchange: Option<Exchange>,
    /// Push an authorization request (RFC 9126).
    pub par: Option<Par>,
    /// Call an operation of a resource server.
    pub call: Option<Call>,
    /// Send exact octets to an endpoint.
    pub raw: Option<Raw>,
    /// Run a named flow of `scenarios/flows/`; it ends at its first refusal.
    pub r#use: Option<Word>,
    /// With `use`: the scope that the flow asks for.
    pub scope: Option<Text>,
    /// With `use`: whose client the flow runs as.
    pub client: Option<ClientRef>,
    /// Start the server under test anew, with these settings; the steps behind it are sent there.
    pub start: Option<Settings>,
    /// Read what the server that was started anew has logged so far.
    pub log: Option<Records>,
    /// Run the client under test with this operation; with an array of them, it calls these operations at once, in one run.
    pub invoke: Option<WordList>,
    /// Run the login command of the client under test for this scope, space-separated.
    pub login: Option<Text>,
    /// Run another command of the client under test, `status` or `logout`.
    pub run: Option<Word>,
    /// With a run of the client: the exit class that is expected.
    pub exit: Option<Exit>,
    /// With a run of the client: what becomes beforehand of the JSON files in its state directory, a word of the vocabulary.
    pub stored: Option<Text>,
    /// With a run of the client: `false` lets every write to a file fail, as on a full disk.
    pub saves: Option<bool>,
    /// With a run of the client: so many of it are started at once, over the same state directory.
    pub at_once: Option<u32>,
}

/// A step's verb, as one value.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the words are explained at the fields of `Step` and in the vocabulary")]
pub enum Verb<'a> {
    Discover(&'a Discover),
    Register(&'a Register),
    Update(&'a Update),
    Read(&'a Word),
    Delete(&'a Word),
    Authorize(&'a Authorize),
    Token(&'a TokenRequest),
    Refresh(&'a Refresh),
    Introspect(&'a Introspect),
    Revoke(&'a Revoke),
    Device(&'a Device),
    Exchange(&'a Exchange),
    Par(&'a Par),
    Call(&'a Call),
    Raw(&'a Raw),
    Use(&'a Word),
    Start(&'a Settings),
    Log(&'a Records),
    Invoke(&'a [Word]),
    Login(&'a Text),
    Run(&'a Word),
}

impl Verb<'_> {
    /// The word as it is written in a case.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Discover(_) => "discover",
            Self::Register(_) => "register",
            Self::Update(_) => "update",
            Self::Read(_) => "read",
            Self::Delete(_) => "delete",
            Self::Authorize(_) => "authorize",
            Self::Token(_) => "token",
            Self::Refresh(_) => "refresh",
            Self::Introspect(_) => "introspect",
            Self::Revoke(_) => "revoke",
            Self::Device(_) => "device",
            Self::Exchange(_) => "exchange",
            Self::Par(_) => "par",
            Self::Call(_) => "call",
            Self::Raw(_) => "raw",
            Self::Use(_) => "use",
            Self::Start(_) => "start",
            Self::Log(_) => "log",
            Self::Invoke(_) => "invoke",
            Self::Login(_) => "login",
            Self::Run(_) => "run",
        }
    }
}

impl Step {
    /// Every verb of the step; a step that lints has exactly one.
    pub fn verbs(&self) -> Vec<Verb<'_>> {
        let mut verbs = Vec::with_capacity(1);
        verbs.extend(self.discover.as_ref().map(Verb::Discover));
        verbs.extend(self.register.as_ref().map(Verb::Register));
        verbs.extend(self.update.as_ref().map(Verb::Update));
        verbs.extend(self.read.as_ref().map(Verb::Read));
        verbs.extend(self.delete.as_ref().map(Verb::Delete));
        verbs.extend(self.authorize.as_ref().map(Verb::Authorize));
        verbs.extend(self.token.as_ref().map(Verb::Token));
        verbs.extend(self.refresh.as_ref().map(Verb::Refresh));
        verbs.extend(self.introspect.as_ref().map(Verb::Introspect));
        verbs.extend(self.revoke.as_ref().map(Verb::Revoke));
        verbs.extend(self.device.as_ref().map(Verb::Device));
        verbs.extend(self.exchange.as_ref().map(Verb::Exchange));
        verbs.extend(self.par.as_ref().map(Verb::Par));
        verbs.extend(self.call.as_ref().map(Verb::Call));
        verbs.extend(self.raw.as_ref().map(Verb::Raw));
        verbs.extend(self.r#use.as_ref().map(Verb::Use));
        verbs.extend(self.start.as_ref().map(Verb::Start));
        verbs.extend(self.log.as_ref().map(Verb::Log));
        verbs.extend(self.invoke.as_ref().map(|operations| Verb::Invoke(&operations.0)));
        verbs.extend(self.login.as_ref().map(Verb::Login));
        verbs.extend(self.run.as_ref().map(Verb::Run));
        verbs
    }

    /// Whether it asks for more than to start the client once with what its earlier runs have left: a word about what is stored or saved, or
    /// about how many are started.
    pub fn meddles(&self) -> bool {
        self.stored.is_some() || self.saves.is_some() || self.at_once.is_some()
    }

    /// The operations that one run of the client calls: none for a login, and several where they are called at once.
    pub fn operations(&self) -> &[Word] {
        self.invoke.as_ref().map_or(&[], |operations| &operations.0)
    }

    /// The verb of the step, if it has any.
    pub fn verb(&self) -> Option<Verb<'_>> {
        self.verbs().into_iter().next()
    }
}

/// `discover`: which metadata document.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Discover {
    /// `oauth` (RFC 8414) or `openid` (OpenID Connect Discovery); in resource cases `resource` (RFC 9728).
    pub document: Word,
}

/// `register`: the members of a registration request.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Register {
    /// The member `scope`, a string; leave it out and the member is not sent.
    pub scope: Option<Text>,
    /// Further members as JSON text of an object, spliced in octet by octet: `'{"scope": null}'`, `'{"scope": ["a"]}'`.
    pub members: Option<Text>,
    /// `public` (the default) or `confidential`.
    pub client: Option<Word>,
}

/// `update`: the members of the new registration.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Update {
    /// The id of the `register` step.
    pub client: ClientRef,
    /// The member `scope`; absent means that the update leaves it out.
    pub scope: Option<Text>,
}

/// `authorize`: an authorization request.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Authorize {
    /// The parameter `scope`: absent is not sent, `""` is sent valueless, an array repeats it.
    pub scope: Option<Text>,
    /// Whose client asks.
    pub client: Option<ClientRef>,
    /// The parameter `state`; a fresh random value if left out.
    pub state: Option<Text>,
    /// The parameter `redirect_uri`; the registered one if left out.
    pub redirect_uri: Option<Text>,
    /// Further parameters, each name once.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, Text>")]
    pub params: IndexMap<String, Text>,
    /// How the value of `scope` is percent-encoded: `plus` (the default: a space as `+`), `percent` (as `%20`), `full` (every octet).
    pub encoding: Option<Word>,
    /// `false`: look at the first answer only and go no further.
    pub follow: Option<bool>,
}

/// `token`: a token request.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TokenRequest {
    /// `authorization_code` or `client_credentials`; left out in resource cases, where the tokens are made by the run.
    pub grant: Option<Word>,
    /// The code to redeem, usually `{step.code}`.
    pub code: Option<Text>,
    /// The parameter `scope`.
    pub scope: Option<Text>,
    /// Whose client asks.
    pub client: Option<ClientRef>,
    /// Further parameters.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, Text>")]
    pub params: IndexMap<String, Text>,
    /// In resource cases: how the token states its scope, a word of the vocabulary; `scope-string` if left out.
    pub form: Option<Text>,
    /// In resource cases: a list for the claim `scp`, beside the one that `scope` and `form` say.
    pub scp: Option<Text>,
    /// In resource cases: what is wrong with the token, a word of the vocabulary; nothing if left out.
    pub flaw: Option<Text>,
}

/// `refresh`: a refresh request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Refresh {
    /// The refresh token, usually `{login.refresh_token}`.
    pub token: Text,
    /// The parameter `scope`.
    pub scope: Option<Text>,
    /// Whose client asks; the client of the step that the token came from if left out.
    pub client: Option<ClientRef>,
}

/// `introspect`: an introspection request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Introspect {
    /// The token.
    pub token: Text,
}

/// `revoke`: a revocation request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Revoke {
    /// The token.
    pub token: Text,
}

/// `device`: a device authorization request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Device {
    /// The parameter `scope`.
    pub scope: Option<Text>,
}

/// `exchange`: a token exchange.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exchange {
    /// The subject token.
    pub subject_token: Text,
    /// The parameter `scope`.
    pub scope: Option<Text>,
}

/// `par`: a pushed authorization request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Par {
    /// The parameter `scope`.
    pub scope: Option<Text>,
}

/// `call`: a request to a resource server.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Call {
    /// The number of the operation in the target table.
    pub operation: u32,
    /// The id of the step whose token is sent; left out for a call without a token.
    pub token: Option<Word>,
}

/// `raw`: exact octets for an endpoint.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Raw {
    /// `authorization`, `token` or `registration`.
    pub endpoint: Word,
    /// The query string as it goes out; only the placeholders are filled in, percent-encoded.
    pub query: Option<Text>,
    /// The body as it goes out.
    pub body: Option<Text>,
    /// The media type of the body; `application/x-www-form-urlencoded` if left out.
    pub content_type: Option<String>,
}

/// `start`: the settings of a server, each as a target table may give it; what is left out is as the table says.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The supported scopes, with a space between two; `""` configures none.
    pub supported: Option<Text>,
    /// The scopes that every registration is given on top, likewise.
    pub baseline: Option<Text>,
}

/// `log`: which records of a log.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Records {
    /// Of this level: `DEBUG`, `INFO`, `WARN` or `ERROR`; of any level if left out.
    pub level: Option<Word>,
    /// With this text in their message, a name or a value, in capitals or not; any record if left out.
    pub mentions: Option<Text>,
}
/// So many runs of a client are started at once at most, and so many operations called at once by one of them.
pub const AT_ONCE: u32 = 4;

/// The exit class of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Exit {
    /// Exit status 0.
    Success,
    /// Any other exit status.
    Failure,
    /// Not judged.
    Any,
}
