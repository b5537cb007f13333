//! The vocabulary of cases: one closed list, with a line for each word.
//!
//! A word enters with two cases that need it and leaves with the last. What a case cannot say with these words is a Rust case under the
//! same header.

// The same list: a file of its own keeps this one within bounds.
mod world;

pub use world::{
    ARRIVALS, CALLBACKS, CHALLENGE_NAMES, CHALLENGE_SPELLINGS, COMMANDS, ECHO_FORMS, FORGERIES, RESPONDERS,
    SERVERS, STORED,
};

use crate::model::Subject;

/// A word and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// As it is written in a case.
    pub word: &'static str,
    /// One line.
    pub doc: &'static str,
}

/// A verb, with the subjects whose cases may use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerbEntry {
    /// As it is written in a case.
    pub word: &'static str,
    /// One line.
    pub doc: &'static str,
    /// The subjects whose cases may use it.
    pub subjects: &'static [Subject],
    /// The events that it can record, which a `witness` may name.
    pub events: &'static [&'static str],
    /// Whether this version executes it.
    pub executed: bool,
}

const fn entry(word: &'static str, doc: &'static str) -> Entry {
    Entry { word, doc }
}

const SERVER: &[Subject] = &[Subject::Server];
const RESOURCE: &[Subject] = &[Subject::Resource];
const CLIENT: &[Subject] = &[Subject::Client];
const SERVER_AND_RESOURCE: &[Subject] = &[Subject::Server, Subject::Resource];
const CLIENT_EVENTS: &[&str] = &[
    "challenge_sent",
    "metadata_fetched",
    "code_issued",
    "token_issued",
    "refresh_requested",
    "token_used",
    "denied",
    "refused",
    "outage",
    "forged_callback",
    "callback_sent",
    "overlapping_login",
    "ended",
];

const fn verb(
    word: &'static str,
    subjects: &'static [Subject],
    events: &'static [&'static str],
    executed: bool,
    doc: &'static str,
) -> VerbEntry {
    VerbEntry { word, doc, subjects, events, executed }
}

/// What a step can do.
pub const VERBS: &[VerbEntry] = &[
    verb(
        "discover",
        SERVER_AND_RESOURCE,
        &["answered", "metadata_fetched"],
        true,
        "fetch a metadata document (RFC 8414, OpenID Connect Discovery; in a resource case RFC 9728)",
    ),
    verb("register", SERVER, &["answered", "decided", "registered"], true, "register a client (RFC 7591)"),
    verb(
        "update",
        SERVER,
        &["answered", "decided", "registered"],
        true,
        "replace a registration (RFC 7592 section 2.2)",
    ),
    verb(
        "read",
        SERVER,
        &["answered", "decided", "registered"],
        true,
        "read a registration (RFC 7592 section 2.1)",
    ),
    verb("delete", SERVER, &["answered", "decided"], true, "delete a registration (RFC 7592 section 2.3)"),
    verb(
        "authorize",
        SERVER,
        &["answered", "decided", "code_issued"],
        true,
        "send an authorization request and follow it to its end",
    ),
    verb(
        "token",
        SERVER_AND_RESOURCE,
        &["answered", "decided", "token_issued"],
        true,
        "send a token request; in a resource case: obtain a token of this scope",
    ),
    verb(
        "refresh",
        SERVER,
        &["answered", "decided", "token_issued"],
        true,
        "send a refresh request (RFC 6749 section 6)",
    ),
    verb("introspect", SERVER, &["answered", "decided"], true, "introspect a token (RFC 7662)"),
    verb("revoke", SERVER, &["answered", "decided"], true, "revoke a token (RFC 7009)"),
    verb("device", SERVER, &["answered", "decided"], false, "send a device authorization request (RFC 8628)"),
    verb("exchange", SERVER, &["answered", "decided", "token_issued"], false, "exchange a token (RFC 8693)"),
    verb("par", SERVER, &["answered", "decided"], false, "push an authorization request (RFC 9126)"),
    verb(
        "call",
        RESOURCE,
        &["answered", "decided", "challenge_sent"],
        true,
        "call an operation of a resource server; `refused:no_code` is a refusal whose challenge has no `error`",
    ),
    verb(
        "raw",
        SERVER,
        &["answered", "decided", "code_issued", "token_issued"],
        true,
        "send exact octets to an endpoint",
    ),
    verb(
        "use",
        SERVER,
        &["answered", "decided", "code_issued", "token_issued"],
        true,
        "run a named flow; it ends at its first refusal, which is its outcome",
    ),
    verb(
        "start",
        SERVER,
        &["decided"],
        true,
        "start the server anew with these settings; it comes first, and the steps behind it are sent there",
    ),
    verb(
        "log",
        SERVER,
        &["logged", "found"],
        true,
        "read what the server that was started anew has logged so far",
    ),
    verb(
        "invoke",
        CLIENT,
        CLIENT_EVENTS,
        true,
        "run the client under test with an operation, or with several that it calls at once",
    ),
    verb("login", CLIENT, CLIENT_EVENTS, true, "run the login command of the client under test for a scope"),
    verb(
        "run",
        CLIENT,
        CLIENT_EVENTS,
        true,
        "run another command of the client under test: `status` or `logout`",
    ),
];

/// The recorded events that a `witness` may name.
pub const EVENTS: &[Entry] = &[
    entry("answered", "an HTTP answer came back"),
    entry("decided", "the subject accepted or refused, in a form that can be read"),
    entry("registered", "a client was registered, with an answer that can be read"),
    entry("code_issued", "an authorization code was issued for this request"),
    entry("token_issued", "an access token was issued for this request"),
    entry("logged", "the log holds at least one record"),
    entry("found", "the log holds records, and what was looked for in one or beside them"),
    entry("metadata_fetched", "the document was served and is a JSON object"),
    entry("challenge_sent", "the client (or the run) was sent a challenge"),
    entry("refresh_requested", "the client sent a refresh token to the token endpoint"),
    entry("token_used", "the client sent the token"),
    entry("denied", "the client sent a good token and was answered with 403"),
    entry(
        "refused",
        "a registration, an authorization request or a code was refused, as the rules of the world have it",
    ),
    entry("outage", "an endpoint let the client down: status 503, an answer that was cut off, or none"),
    entry("forged_callback", "the client answered a callback that was no answer to its request"),
    entry(
        "callback_sent",
        "the answer to an authorization request went to the listener of the client in pieces, twice, or with a long code",
    ),
    entry(
        "overlapping_login",
        "an authorization request came while an earlier login of the same run was under way: its code was neither redeemed nor given up",
    ),
    entry("ended", "the client ended by itself"),
];

/// What `expect` can say.
pub const EXPECTATIONS: &[Entry] = &[
    entry("exactly", "two lists, equal in order and repetition"),
    entry("same-set", "two sets, equal"),
    entry("contains", "the first set contains the second"),
    entry("within", "the first set lies within the second"),
    entry("disjoint", "two sets share nothing"),
    entry("one-of", "`is` equals one of these sets"),
    entry("not", "the inner expectation does not hold"),
    entry("absent", "the field is missing"),
    entry("present", "the field is there"),
    entry("status", "the HTTP status of the step in `is`"),
    entry("same-text", "texts equal octet by octet"),
    entry("grammar", "the field follows the scope grammar of RFC 6749 section 3.3"),
    entry("json-type", "the field has a JSON type"),
    entry("error-text", "the field keeps to the octets of RFC 6749 section 4.1.2.1"),
    entry("same-outcome", "steps end in the same error code or the same granted set"),
];

/// What a set can be a function of a step.
pub const SET_FUNCTIONS: &[Entry] = &[
    entry("scope", "a literal set, space-separated"),
    entry("requested", "what the step asked for"),
    entry("response", "what the token response said"),
    entry("claimed", "what the access token's own claim says"),
    entry("introspected", "what introspection says"),
    entry("challenged", "what the challenge named"),
    entry("granted", "what applies: introspected, else claimed, else the response, else what was asked for"),
    entry(
        "registered",
        "what the answer to a registration said; of an authorization request of a client, what the server that it went to has registered for this client",
    ),
    entry("supported", "what the metadata lists in `scopes_supported`"),
    entry(
        "supported-elsewhere",
        "what other authorization servers of the resource list in `scopes_supported`, and the one that a client's request went to does not",
    ),
    entry(
        "told",
        "the words of an error that a client or a server ended with: its standard error from the last line on that begins with `error`, or where a client has failed without one its last line, without punctuation and URLs",
    ),
    entry("shown", "what a client shows as granted: the members `scopes` of the JSON on its standard output"),
];

/// Outcomes of a step. The first six may carry `+unsaid` or `+misstated`.
pub const OUTCOMES: &[Entry] = &[
    entry("exact", "the effective set is the requested one"),
    entry("narrower", "the effective set is a proper part of the requested one"),
    entry("wider", "the effective set holds the requested one and more, within the ceiling"),
    entry("other", "the effective set neither holds nor lies within the requested one"),
    entry("none", "no scope applies"),
    entry(
        "beyond",
        "the effective set leaves the ceiling: the original grant of a refresh, else the request and the documented default",
    ),
    entry("refused:CODE", "refused in the right place with this error code"),
    entry(
        "refused-elsewhere",
        "refused, but not in the form that a client can read; of a client's run: it failed",
    ),
    entry("login-required", "it ended on a page that waits for a person"),
    entry("server-error", "HTTP 5xx"),
    entry("unreadable", "an answer that cannot be read: no JSON, too large, cut off"),
    entry(
        "accepted",
        "accepted, where no scope is decided (read, delete, revoke); of a client's run: it succeeded",
    ),
];

/// What can be missing behind an outcome's `+`.
pub const OUTCOME_SUFFIXES: &[Entry] = &[
    entry("unsaid", "the response does not say the effective set, although it differs from the request"),
    entry("misstated", "the response says another set than the effective one"),
];

/// Capabilities that a case or check may need. Placeholders bring their own (`{forbidden}` needs `scopes.forbidden`).
pub const NEEDS: &[Entry] = &[
    entry("registration", "clients can register themselves (RFC 7591)"),
    entry("registration.management", "a registration can be read and deleted (RFC 7592)"),
    entry("grant.code", "the authorization code grant"),
    entry("grant.refresh_token", "refresh tokens"),
    entry("grant.client_credentials", "the client credentials grant"),
    entry("client.public", "clients without a secret"),
    entry("client.confidential", "clients with a secret"),
    entry("introspection", "token introspection (RFC 7662)"),
    entry("revocation", "token revocation (RFC 7009)"),
    entry("metadata.oauth", "server metadata (RFC 8414)"),
    entry("metadata.openid", "OpenID Connect discovery"),
    entry("scopes.two", "two grantable scopes"),
    entry("scopes.three", "three grantable scopes"),
    entry("scopes.forbidden", "a scope that the client may not have"),
    entry("scopes.default", "a documented default scope"),
    entry("token.jwt", "access tokens that are JWTs"),
    entry(
        "challenges",
        "the client does what a challenge asks for; one that knows beforehand what its operations take may not",
    ),
    entry("unattended", "the client logs in although nobody sits at a terminal"),
    entry("settings", "the server can be started anew with settings of a case, and hands its log over"),
    entry("discovery", "the client looks the authorization server up (RFC 9728, RFC 8414)"),
    entry("operation.two-scopes", "operation 0 demands two scopes or more, all of them"),
    entry(
        "consent.persons",
        "`login_hint` names a person who consents in part or not at all, as the metadata member `scopecheck_persons` lists them",
    ),
    entry(
        "toolhive.baseline",
        "ToolHive supports `openid offline_access` and gives every registration `offline_access`; only a target table can say so",
    ),
    entry(
        "toolhive.defaults",
        "ToolHive supports its four default scopes and has no baseline; only a target table can say so",
    ),
];

/// Needs that are configurations, which cases know by heart: no answer of a server tells them for certain, so that only a target table can.
pub const CONFIGURATIONS: &[&str] = &["toolhive.baseline", "toolhive.defaults"];

/// What a `start` may set, the `{NAME}` in the commands of a target table.
pub const SETTINGS: &[&str] = &["supported", "baseline"];

/// Levels of a record that a `log` step may name.
pub const LOG_LEVELS: &[&str] = &["DEBUG", "INFO", "WARN", "ERROR"];

/// Axes and their values.
pub const AXES: &[(&str, &[&str], &str)] =
    &[("client", &["public", "confidential"], "whether the client authenticates with a secret")];

/// Words that a case's `client` may say.
pub const CASE_CLIENTS: &[Entry] = &[
    entry("fresh", "the case registers a client of its own"),
    entry("none", "the case needs no client before its first step"),
];

/// Words that a step's `client` may say beside the id of a `register` step.
pub const STEP_CLIENTS: &[Entry] = &[
    entry("shared", "the client of the variant"),
    entry("unknown", "a client id that was never registered"),
];

/// Roots of placeholders beside the ids of earlier steps.
pub const ROOTS: &[Entry] = &[
    entry("grantable", "`grantable.N`: the Nth scope that a client may be granted"),
    entry("forbidden", "a scope that the client may not have"),
    entry("unknown", "a scope that the server does not know"),
    entry("random", "a scope made up for this run"),
    entry("default", "the documented default scope"),
    entry("operation", "`operation.N.requires`: what an operation of a resource server demands"),
    entry("row", "`row.KEY`: the value of this row"),
    entry("flow", "`flow.scope`, `flow.client`: what `use` was given (flows only)"),
];

/// Filters of placeholders: neighbours of a scope, and `less-one`.
pub const FILTERS: &[Entry] = &[
    entry("prefix", "without its last character"),
    entry("suffix", "with a character more at its end"),
    entry("swapcase", "with the case of its letters exchanged"),
    entry("parent", "cut before its last `.`, `:` or `/`; n/a where it has none"),
    entry("child", "with `:x` at its end"),
    entry("substring", "without its first character"),
    entry("lookalike", "with one character replaced by one that looks like it"),
    entry("less-one", "a set without its last scope"),
    entry("last", "of a set its last scope alone"),
];

/// Fields of a step's answer that strings, `absent`, `present`, `grammar`, `json-type`, `error-text` may name as `step.FIELD`.
pub const FIELDS: &[Entry] = &[
    entry("status", "the HTTP status of the last answer"),
    entry("error", "the error code"),
    entry("error_description", "the error's text"),
    entry("code", "the authorization code"),
    entry("state", "the state that came back"),
    entry("sent_state", "the state that was sent"),
    entry(
        "landed",
        "where an authorization request ended: `redirect-uri`, `elsewhere`, `page`, `error-page`",
    ),
    entry("location", "the last redirect"),
    entry("access_token", "the access token"),
    entry("refresh_token", "the refresh token"),
    entry("scope", "the `scope` that the answer holds, as it stands there"),
    entry("client_id", "the client id"),
    entry("client_secret", "the client secret"),
    entry("redirect_uri", "the redirect URI that was sent"),
    entry("body", "`body.MEMBER`: a member of the JSON answer"),
    entry("claims", "`claims.MEMBER`: a claim of the access token, if it is a JWT"),
    entry("header", "`header.MEMBER`: a member of the JWT's header"),
    entry("introspection", "`introspection.MEMBER`: a member of the introspection answer"),
    entry("challenged", "the scope that the challenge named"),
    entry("challenge", "`challenge.MEMBER`: a part of the challenge, as `CHALLENGE_MEMBERS` lists them"),
    entry("first", "`first.MEMBER`: the first of the records that were looked for"),
    entry("second", "the second of them, likewise"),
    entry(
        "unreadable",
        "the first line that holds what was looked for and is no record: no JSON object on a line of its own",
    ),
    entry("line", "the first line that holds what was looked for, whether it is a record or not"),
    entry("exit", "how a run of a client ended: `success`, `failure`, `killed`"),
    entry(
        "authorize",
        "the authorization requests of a run: `authorize.first.PARAMETER`, `authorize.last.PARAMETER`; the parameter `server` says which server it went to, `first` or `second`",
    ),
    entry("token", "its token requests, likewise"),
    entry("register", "its registrations, likewise by members"),
    entry("resource", "its calls, likewise by `operation`, `status` and `token` (whether one was sent)"),
];

/// The requests of a client's run that fields and sets may name.
pub const REQUESTS: &[&str] = &["authorize", "token", "register", "resource"];

/// What a table of counts may count: these requests, and the authorization requests that overlap an earlier login.
pub const COUNTED: &[&str] = &["authorize", "token", "register", "resource", "overlapping_login"];

/// Fields that need a member behind them, `claims.scope`.
pub const FIELDS_WITH_MEMBERS: &[&str] = &["body", "claims", "header", "introspection", "challenge"];

/// Fields that are whole objects, and may be named with a member behind them or without.
pub const FIELDS_WITH_OR_WITHOUT_MEMBERS: &[&str] = &["first", "second"];

/// What `step.challenge.MEMBER` may name; a member that says nothing is absent.
pub const CHALLENGE_MEMBERS: &[Entry] = &[
    entry("field", "the header field `WWW-Authenticate` as it came"),
    entry("bearer", "the names of the parameters of the `Bearer` challenge"),
    entry("error", "its parameter `error`"),
    entry("error_description", "its parameter `error_description`"),
    entry("scope", "its parameter `scope`"),
    entry("resource_metadata", "its parameter `resource_metadata`"),
    entry("repeated", "the names of parameters that stand there again, compared without case"),
    entry("repeated_scope", "the same, if `scope` is among them"),
    entry("malformed", "where the challenge leaves the grammar of RFC 9110 section 11.2"),
    entry("malformed_scope", "the same, if it happens at the value of `scope`"),
    entry(
        "malformed_error",
        "the same, if it happens at the value of `error`, `error_description` or `error_uri`",
    ),
];

/// How a minted token states its scope.
pub const TOKEN_FORMS: &[Entry] = &[
    entry("scope-string", "the claim `scope`, a string (RFC 8693 section 4.2)"),
    entry("scope-array", "the claim `scope`, an array of strings"),
    entry("scp-string", "the claim `scp`, a string"),
    entry("scp-array", "the claim `scp`, an array of strings"),
    entry("roles-array", "the claim `roles`, an array of strings, and no scope"),
];

/// What can be wrong with a minted token.
pub const TOKEN_FLAWS: &[Entry] = &[
    entry("expired", "its time is over"),
    entry("audience", "it is meant for another resource server"),
    entry("unsigned", "it has no signature, and says so"),
    entry("signature", "it is signed with a key that is not the issuer's"),
];

const PLAIN: &[&str] = &["status", "error", "error_description", "body"];
const REGISTRATION: &[&str] =
    &["status", "error", "error_description", "scope", "client_id", "client_secret", "redirect_uri", "body"];
const AUTHORIZATION: &[&str] = &[
    "status",
    "error",
    "error_description",
    "code",
    "state",
    "sent_state",
    "landed",
    "location",
    "client_id",
    "redirect_uri",
    "scope",
    "body",
];
const TOKEN: &[&str] = &[
    "status",
    "error",
    "error_description",
    "access_token",
    "refresh_token",
    "client_id",
    "scope",
    "body",
    "claims",
    "header",
    "introspection",
];
const RUN: &[&str] = &["exit", "authorize", "token", "register", "resource"];
const TOKEN_SETS: &[&str] = &["requested", "response", "claimed", "introspected", "granted"];

/// What the answer to a verb can give: its fields and its set functions. `raw` and `use` give what their endpoint or flow gives.
pub fn given_by(verb: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match verb {
        "discover" => (&["status", "error", "error_description", "body"], &["supported"]),
        "register" | "update" => (REGISTRATION, &["requested", "registered"]),
        "read" => (REGISTRATION, &["registered"]),
        "authorize" => (AUTHORIZATION, &["requested"]),
        "token" | "refresh" | "exchange" => (TOKEN, TOKEN_SETS),
        "introspect" => {
            (&["status", "error", "error_description", "scope", "body", "introspection"], &["introspected"])
        }
        "device" | "par" => (PLAIN, &["requested"]),
        "call" => (
            &["status", "error", "error_description", "scope", "body", "challenged", "challenge"],
            &["challenged"],
        ),
        "start" => (&[], &["told"]),
        "log" => (&["first", "second", "unreadable", "line"], &[]),
        "invoke" | "login" | "run" => (
            RUN,
            &[
                "requested",
                "response",
                "claimed",
                "granted",
                "challenged",
                "registered",
                "supported-elsewhere",
                "told",
                "shown",
            ],
        ),
        _ => (PLAIN, &[]),
    }
}

/// Endpoints that `raw` may name.
pub const RAW_ENDPOINTS: &[Entry] = &[
    entry("authorization", "the authorization endpoint, by GET"),
    entry("token", "the token endpoint, by POST"),
    entry("registration", "the registration endpoint, by POST"),
];

/// Endpoints that an answer of a script may name.
pub const SCRIPT_ENDPOINTS: &[Entry] = &[
    entry("metadata", "the document of RFC 8414"),
    entry("openid", "the document of OpenID Connect Discovery"),
    entry("registration", "the registration endpoint"),
    entry("client", "the URL of one registration (RFC 7592)"),
    entry("authorization", "the authorization endpoint"),
    entry("token", "the token endpoint"),
    entry("introspection", "the introspection endpoint"),
    entry("revocation", "the revocation endpoint"),
    entry("upstream", "the identity provider behind the server"),
];

/// Profiles that may be selected.
pub const PROFILES: &[Entry] = &[
    entry("oauth2", "RFC 6749 and RFC 6750; always on"),
    entry("oauth21", "OAuth 2.1: the scope echo is recommended"),
    entry("oidc", "OpenID Connect"),
    entry("dcr", "RFC 7591 and 7592"),
    entry("bcp", "RFC 9700"),
    entry("jwt-at", "RFC 9068"),
    entry("mcp", "the Model Context Protocol"),
    entry("okta", "tokens with `scp` as an array, as Okta issues them"),
    entry("entra", "tokens with `scp` as a string, as Microsoft issues them"),
    entry("toolhive", "the contracts of ToolHive's authorization server"),
    entry("cli-engine", "the contracts of cli-engine's client"),
];

/// The verb of that name.
pub fn find_verb(word: &str) -> Option<&'static VerbEntry> {
    VERBS.iter().find(|verb| verb.word == word)
}

/// Whether a list knows a word.
pub fn knows(list: &[Entry], word: &str) -> bool {
    list.iter().any(|entry| entry.word == word)
}

/// The words of a list.
pub fn words(list: &'static [Entry]) -> impl Iterator<Item = &'static str> + Clone {
    list.iter().map(|entry| entry.word)
}
