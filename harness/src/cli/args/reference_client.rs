//! `scopecheck reference client`.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};

use crate::target::parse_duration;

/// `scopecheck reference client`.
///
/// The words are those of the reference implementation, which refuses the ones that it does not know.
#[derive(Clone, Debug, Args)]
pub struct ReferenceClientArgs {
    /// What to do; without it, the client does what a plain MCP client does at URL.
    #[command(subcommand)]
    pub command: Option<ReferenceClientCommand>,
    /// The MCP server; without it, the `url` of the context.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
    /// How the client behaves.
    #[command(flatten)]
    pub behaviour: ReferenceClientFlags,
}

/// How the reference client behaves, whatever it does.
#[derive(Clone, Debug, Args)]
pub struct ReferenceClientFlags {
    /// Where tokens and registrations are kept [default: in memory, so that nothing outlives the command].
    #[arg(long, value_name = "DIR", global = true)]
    pub state_dir: Option<PathBuf>,
    /// Whose rules to follow: `standard` or `cli-engine`.
    #[arg(long, value_name = "NAME", default_value = "standard", global = true)]
    pub profile: String,
    /// Switch a fault of the client on (repeatable).
    #[arg(long = "fault", value_name = "NAME", value_delimiter = ',', global = true)]
    pub faults: Vec<String>,
    /// A scope that every login asks for (repeatable).
    #[arg(long = "default-scope", value_name = "SCOPE", global = true)]
    pub defaults: Vec<String>,
    /// A client that is registered already; without it, the client registers itself.
    #[arg(long, value_name = "ID", global = true)]
    pub client_id: Option<String>,
    /// The authorization server, for a resource that does not name one.
    #[arg(long, value_name = "URL", global = true)]
    pub issuer: Option<String>,
    /// How the authorization URL is opened: `none` fetches it, `command` starts a browser, `print` leaves it to you.
    #[arg(long, value_name = "HOW", default_value = "none", global = true)]
    pub browser: String,
    /// Take it for granted that a person is there, although none of the three streams is a terminal.
    #[arg(long, global = true)]
    pub interactive: bool,
    /// How long a login may take.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, global = true)]
    pub login_timeout: Option<Duration>,
    /// The revision of the Model Context Protocol to offer.
    #[arg(
        long,
        value_name = "REVISION",
        env = "SCOPECHECK_PROTOCOL_VERSION",
        hide_env = true,
        global = true
    )]
    pub protocol: Option<String>,
    /// The same, as the MCP conformance suite says it.
    #[arg(long, env = "MCP_CONFORMANCE_PROTOCOL_VERSION", hide = true, global = true)]
    pub mcp_protocol: Option<String>,
    /// What stands in for flags that are left out, as JSON.
    #[arg(long, env = "SCOPECHECK_CONTEXT", hide = true, global = true)]
    pub context: Option<String>,
    /// The same, as the MCP conformance suite says it.
    #[arg(long, env = "MCP_CONFORMANCE_CONTEXT", hide = true, global = true)]
    pub mcp_context: Option<String>,
}

/// What the reference client can do.
#[derive(Clone, Debug, Subcommand)]
pub enum ReferenceClientCommand {
    /// Log in, once, for the default scopes and those that are named.
    Login(ReferenceLoginArgs),
    /// Call an operation; a token is obtained and widened as the resource demands it.
    Call(ReferenceCallArgs),
    /// Show what is held: scopes and where each is known from, expiry, refreshability. Never a token.
    Status(ReferenceStatusArgs),
    /// Forget the token of a resource, or every token.
    Logout(ReferenceLogoutArgs),
}

/// `scopecheck reference client login`.
#[derive(Clone, Debug, Args)]
pub struct ReferenceLoginArgs {
    /// A scope to ask for, beside the default ones (repeatable, one value each; a comma is part of the scope).
    #[arg(short, long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// Show what is held afterwards as JSON.
    #[arg(long)]
    pub json: bool,
    /// The resource to log in for; without it, the `url` of the context.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
}

/// `scopecheck reference client call`.
#[derive(Clone, Debug, Args)]
pub struct ReferenceCallArgs {
    /// The operation, which is `GET URL/NAME` (repeatable: several are called at once); without it, URL itself is called.
    #[arg(long = "operation", value_name = "NAME")]
    pub operations: Vec<String>,
    /// The resource; without it, the `url` of the context.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
}

/// `scopecheck reference client logout`.
#[derive(Clone, Debug, Args)]
pub struct ReferenceLogoutArgs {
    /// The resource; without it, all of them.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
}

/// `scopecheck reference client status`.
#[derive(Clone, Debug, Args)]
pub struct ReferenceStatusArgs {
    /// Show it as JSON.
    #[arg(long)]
    pub json: bool,
    /// The resource; without it, all of them.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
}
