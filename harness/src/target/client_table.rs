//! The table of a client under test: how it is run.

use std::path::PathBuf;

use clap::ValueEnum;
use indexmap::IndexMap;
use serde::Deserialize;

/// What the commands of a client may name, beside `{scopecheck}`, which is this program.
pub(super) const CLIENT_PLACEHOLDERS: [&str; 7] =
    ["url", "state_dir", "operation", "requires", "scope", "scopes", "scopecheck"];

/// Who opens the authorization URL of a client (`design.md` section 4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Browser {
    /// The client fetches it itself; the authorization endpoint answers a plain GET with the redirect.
    #[default]
    None,
    /// The client starts a browser: programs of ours stand first in PATH, which fetch the URL and follow the redirect.
    Command,
    /// The client prints it on standard output or error, and we fetch it.
    Print,
}

/// How to run a client (`design.md` section 4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientTable {
    /// The name of the target.
    pub target: String,
    /// The name of the table, usually `default`.
    pub table: String,
    /// The folder in which commands run and beside which `expected.toml` lies; absent for the embedded target.
    pub folder: Option<PathBuf>,
    /// The profiles that the target claims, beside `oauth2`, which always holds.
    pub profiles: Vec<String>,
    /// The command that installs the target once into its own folder.
    pub install: Option<Vec<String>>,
    /// A plain MCP client: the server's URL is appended.
    pub command: Option<Vec<String>>,
    /// A command-line client, which is more than one run.
    pub commands: ClientCommands,
    /// What is added to our own environment.
    pub env: IndexMap<String, String>,
    /// Who opens its authorization URL.
    pub browser: Browser,
    /// The revision of MCP that the client is told.
    pub protocol: Option<String>,
    /// What cannot be known otherwise: words of the vocabulary (`needs`) that hold or do not hold.
    pub capabilities: IndexMap<String, bool>,
    /// Observed behaviours that became checks, `case#check` to the word of the behaviour.
    pub pin: IndexMap<String, String>,
}

/// The commands of a command-line client: program and arguments, with `{url}`, `{state_dir}`, `{operation}`, `{requires}`, `{scope}`,
/// `{scopes}` and `{scopecheck}` to fill in. A command that is missing makes the cases `n/a` that need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientCommands {
    /// Logs in for a scope.
    pub login: Option<Vec<String>>,
    /// Calls an operation.
    pub call: Option<Vec<String>>,
    /// Calls several operations at once: an argument with `{operation}` or `{requires}` is repeated for each.
    pub calls: Option<Vec<String>>,
    /// Shows what is held.
    pub status: Option<Vec<String>>,
    /// Forgets what is held.
    pub logout: Option<Vec<String>>,
}

impl ClientCommands {
    /// The command of a word of the vocabulary, `status` or `logout`.
    pub fn named(&self, word: &str) -> Option<&Vec<String>> {
        match word {
            "status" => self.status.as_ref(),
            "logout" => self.logout.as_ref(),
            _ => None,
        }
    }
}

impl ClientTable {
    /// The table of a plain MCP client that was given as a command: nothing is known but how it is started. Nothing is filled in.
    pub fn plain(command: &[String]) -> Self {
        let literal = |word: &String| word.replace('{', "{{").replace('}', "}}");
        Self {
            target: "command".to_owned(),
            table: "default".to_owned(),
            profiles: vec!["mcp".to_owned()],
            command: Some(command.iter().map(literal).collect()),
            ..Self::default()
        }
    }

    /// The table of a client that somebody starts by hand, of whom nothing is known.
    pub fn by_hand() -> Self {
        Self {
            target: "by-hand".to_owned(),
            table: "default".to_owned(),
            profiles: vec!["mcp".to_owned()],
            ..Self::default()
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
}
