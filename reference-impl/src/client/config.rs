//! What can be chosen about the client, and what it chooses by itself.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::faults::Fault;
use crate::words::words;

words! {
    /// Whose rules the client follows where they differ.
    pub enum ClientProfile: "profile of a client" {
        /// The standards, and the choices of our own where they leave one: a readable claim may only take away.
        Standard = "standard",
        /// The command-line client of `contracts.md`, its quirks left out: claims and recorded list are joined (CL-05).
        CliEngine = "cli-engine",
    }
}

words! {
    /// How the authorization URL is opened.
    pub enum Browser: "way to open a browser" {
        /// The client fetches it by itself and follows the redirects. Nobody is needed.
        Fetch = "none",
        /// A browser is started (`xdg-open`, `open`), and a person consents.
        Command = "command",
        /// The URL is handed to the one who runs the client, and a person consents.
        Print = "print",
    }
}

impl Browser {
    /// Whether a person has to be there.
    pub const fn needs_a_person(self) -> bool {
        !matches!(self, Self::Fetch)
    }
}

/// A client that the authorization server knows already.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownClient {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`, for a confidential client.
    pub client_secret: Option<String>,
}

impl std::fmt::Debug for KnownClient {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("KnownClient").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// How a client behaves. The default is profile `standard`, no default scope, a client that registers itself, no
/// person and no fault.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// Whose rules to follow.
    pub profile: ClientProfile,
    /// Scopes that every login asks for (SU-09).
    pub defaults: Vec<String>,
    /// A client that is registered already; without it, the client registers itself (RFC 7591).
    pub client: Option<KnownClient>,
    /// The authorization server of a resource that names none; without it, the origin of the resource.
    pub issuer: Option<String>,
    /// How the authorization URL is opened.
    pub browser: Browser,
    /// Whether a person is there to consent. Where one is needed and missing, nothing is tried (SU-05).
    pub interactive: bool,
    /// Step-ups for one operation of one resource, after which its refusal is final (MCP-SU-5).
    pub step_ups: u32,
    /// How long a login may take, from opening the authorization URL to the answer.
    pub login_timeout: Duration,
    /// How long any other request may take.
    pub request_timeout: Duration,
    /// The revision of the Model Context Protocol that is offered; one after 2025-11-25, which has another wire, is
    /// offered as that.
    pub mcp_revision: String,
    /// The command that logs in, for hints that can be executed.
    pub login_command: String,
    /// What follows the scopes of that command and stands before the resource.
    pub options: Vec<String>,
    /// The faults that are switched on.
    pub faults: BTreeSet<Fault>,
}

impl ClientConfig {
    /// Whether a fault is switched on.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    /// Step-ups for one operation; none means that there is no end to them, which is a fault.
    pub(super) fn step_up_limit(&self) -> Option<u32> {
        if self.has(Fault::ClientEndlessStepUp) { None } else { Some(self.step_ups) }
    }

    /// How often a login that has failed is made again; at all only by a fault, and then more often than anybody would watch.
    pub(super) fn repetitions(&self) -> u32 {
        if self.has(Fault::ClientRepeatsLogin) { 20 } else { 0 }
    }

    /// Whether a login can be had at all: nobody is needed, or somebody is there.
    pub(super) fn can_log_in(&self) -> bool {
        self.interactive || !self.browser.needs_a_person()
    }
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            profile: ClientProfile::Standard,
            defaults: Vec::new(),
            client: None,
            issuer: None,
            browser: Browser::Fetch,
            interactive: false,
            step_ups: 2,
            login_timeout: Duration::from_mins(2),
            request_timeout: Duration::from_secs(30),
            mcp_revision: "2025-11-25".to_owned(),
            login_command: "scopecheck reference client login".to_owned(),
            options: Vec::new(),
            faults: BTreeSet::new(),
        }
    }
}
