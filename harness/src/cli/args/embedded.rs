//! The commands about the reference implementation.

use std::num::{NonZeroU32, NonZeroUsize};

use clap::Args;

/// `scopecheck serve`.
///
/// The words are those of the reference implementation, which refuses the ones that it does not know. With `-v` the log alone goes to standard error,
/// a JSON object a line; `-vv` shows what happens all day, too.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// The port on the loopback interface; 0 lets the system choose.
    #[arg(long, value_name = "PORT", default_value_t = 0, env = "SCOPECHECK_PORT", hide_env = true)]
    pub port: u16,
    /// Whose rules to follow: `standard` or `toolhive`.
    #[arg(long, value_name = "NAME", default_value = "standard")]
    pub profile: String,

    /// Switch a fault on (repeatable).
    #[arg(long = "fault", value_name = "NAME", value_delimiter = ',', help_heading = "Faults")]
    pub faults: Vec<String>,
    /// Print every fault and exit: name, role, profile, standing and a sentence, separated by tabs.
    #[arg(long, help_heading = "Faults")]
    pub list_faults: bool,

    /// The supported scopes, separated by spaces [default: those of the profile].
    #[arg(long, value_name = "SCOPES", help_heading = "Scope")]
    pub scopes: Option<String>,
    /// Scopes that every registration gains, separated by spaces.
    #[arg(long, value_name = "SCOPES", help_heading = "Scope")]
    pub baseline: Option<String>,
    /// What a request without scope gets, separated by spaces [default: that of the profile].
    #[arg(long, value_name = "SCOPES", help_heading = "Scope")]
    pub default_scope: Option<String>,
    /// What becomes of unknown scopes: `refuse` the request, or `ignore` them and say so.
    #[arg(long, value_name = "HOW", default_value = "refuse", help_heading = "Scope")]
    pub unknown: String,

    /// What an access token is: `jwt` or `opaque`.
    #[arg(long, value_name = "FORMAT", default_value = "jwt", help_heading = "Tokens")]
    pub token_format: String,
    /// How a JWT carries its scope: `scope-string`, `scope-array`, `scp-string` or `scp-array` [default: that of the profile].
    #[arg(long, value_name = "FORM", help_heading = "Tokens")]
    pub claim_form: Option<String>,

    /// What the resource owner consents to, separated by spaces; nothing declines [default: everything].
    #[arg(long, value_name = "SCOPES", help_heading = "Consent")]
    pub consent: Option<String>,
    /// Who is asked where a request names nobody in `login_hint`: `resource-owner`, `second-owner`, `cautious-owner` or `unwilling-owner`.
    #[arg(long, value_name = "NAME", default_value = "resource-owner", help_heading = "Consent")]
    pub person: String,

    /// The most registrations and updates in a second; more get status 429.
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub rate_limit: Option<NonZeroU32>,
    /// The most clients; more get status 503.
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub capacity: Option<NonZeroUsize>,

    /// Put a stub identity provider upstream, on an origin of its own.
    #[arg(long)]
    pub upstream: bool,
}

/// `scopecheck selftest`.
#[derive(Clone, Debug, Args)]
pub struct SelftestArgs {
    /// Only this fault (repeatable).
    #[arg(long = "fault", value_name = "NAME", value_delimiter = ',')]
    pub faults: Vec<String>,
    /// Only the faults of this profile, such as `standard` or `toolhive` (repeatable).
    #[arg(long = "profile", value_name = "NAME", value_delimiter = ',')]
    pub profiles: Vec<String>,
    /// The seed of everything that is generated.
    #[arg(long, value_name = "N", env = "SCOPECHECK_SEED", hide_env = true)]
    pub seed: Option<u64>,
    /// How many cases run at once.
    #[arg(short, long, value_name = "N", env = "SCOPECHECK_JOBS", hide_env = true)]
    pub jobs: Option<NonZeroUsize>,
}
