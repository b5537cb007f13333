//! Requirements of the standards and contracts of the two systems.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Subject, Word};

/// One normative statement about scope.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Requirement {
    /// Source, section and a running number; stable once published.
    pub id: Word,
    /// The document.
    pub source: String,
    /// The place in that document.
    pub section: String,
    /// The keyword.
    pub level: Level,
    /// Whom the sentence binds.
    pub role: Role,
    /// Whose behaviour the check judges, where it is not the role.
    pub tested_on: Option<Role>,
    /// MCP only: the revisions in which the statement stands.
    #[serde(default)]
    pub revisions: Vec<String>,
    /// What is required, in our own words.
    pub summary: String,
    /// What a test needs.
    pub testable: Testable,
    /// How it is checked.
    pub how: String,
    /// What a breach endangers.
    pub severity: Severity,
    /// How firmly the text says it.
    pub basis: Basis,
    /// Parallel statements elsewhere.
    #[serde(default)]
    pub also: Vec<String>,
    /// Keys of the discussion of contested readings.
    #[serde(default)]
    pub contested: Vec<String>,
    /// Whether it has checks, will have, or why not.
    pub standing: Standing,
    /// With `standing = "excluded"`: why there is no check; with `planned`: what it waits for.
    pub reason: Option<String>,
}

impl Requirement {
    /// The kind of subject that is judged: `tested-on` outranks `role`.
    pub fn subject(&self) -> Subject {
        match self.tested_on.unwrap_or(self.role) {
            Role::AuthorizationServer => Subject::Server,
            Role::Client => Subject::Client,
            Role::ResourceServer => Subject::Resource,
            Role::Library => Subject::Library,
        }
    }
}

/// The keyword of a requirement, as RFC 2119 has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the keywords of RFC 2119")]
pub enum Level {
    #[serde(rename = "MUST")]
    Must,
    #[serde(rename = "MUST NOT")]
    MustNot,
    #[serde(rename = "REQUIRED")]
    Required,
    #[serde(rename = "SHOULD")]
    Should,
    #[serde(rename = "SHOULD NOT")]
    ShouldNot,
    #[serde(rename = "MAY")]
    May,
}

impl Level {
    /// The keyword in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::MustNot => "MUST NOT",
            Self::Required => "REQUIRED",
            Self::Should => "SHOULD",
            Self::ShouldNot => "SHOULD NOT",
            Self::May => "MAY",
        }
    }

    /// MUST, MUST NOT and REQUIRED.
    pub fn is_must(self) -> bool {
        matches!(self, Self::Must | Self::MustNot | Self::Required)
    }
}

/// Whom a requirement binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the roles of RFC 6749 section 1.1, and libraries")]
pub enum Role {
    AuthorizationServer,
    Client,
    ResourceServer,
    Library,
}

/// What a test of a requirement needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Testable {
    /// An issuer, one client and two grantable scopes.
    BlackBox,
    /// Further fixtures: a second client, a policy, a key.
    NeedsConfig,
    /// Somebody has to look at a page.
    NeedsHuman,
    /// It cannot be tested.
    Not,
}

/// What a breach endangers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "plain words")]
pub enum Severity {
    Security,
    Interop,
    Quality,
}

/// How firmly the text says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A keyword of this level stands in the cited text.
    Explicit,
    /// The text states it without a keyword (grammar, definition).
    Plain,
    /// Our inference: at most `warn` unless rights grow.
    Derived,
    /// Vendor practice, no standard.
    Convention,
}

/// Where a requirement stands with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// At least one check names it.
    Checked,
    /// A check will come.
    Planned,
    /// There will be no check, for the reason given.
    Excluded,
}

/// One contract of the two systems that the project grew from, or of our own adapter protocol.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contract {
    /// The id, `DCR-05`.
    pub id: Word,
    /// `toolhive` or `cli-engine`: the profile under which it may be asked; `adapter`: a rule of our own protocol, asked of every adapter.
    pub profile: Word,
    /// What may be asked of whom.
    pub status: ContractStatus,
    /// What the system does, in one or two sentences.
    pub summary: String,
}

/// What may be asked of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContractStatus {
    /// Touches a standard and concerns everybody.
    Rfc,
    /// A deliberate contract of that system.
    Sys,
    /// Really happens, but looks accidental.
    Quirk,
    /// A rule of our own adapter protocol.
    Protocol,
}
