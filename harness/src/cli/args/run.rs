//! The flags that every run shares, and those that every command shares.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    time::Duration,
};

use clap::{ArgAction, Args};
use scopecheck_reports::Destination;

use super::{ColorChoice, Deny, Expect};
use crate::{
    filter::Filter,
    target::{TargetRef, parse_duration},
};

/// What every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct GlobalArgs {
    /// When to use colour; `auto` obeys `NO_COLOR`.
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        env = "SCOPECHECK_COLOR",
        hide_env = true,
        global = true
    )]
    pub color: ColorChoice,
    /// Print less: the verdicts that are not green, and the summary.
    #[arg(short, long, conflicts_with = "verbose", global = true)]
    pub quiet: bool,
    /// Print more: every case; twice: every exchange.
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub verbose: u8,
}

/// How to run. A flag outranks its variable, the variable outranks `scopecheck.toml`.
#[derive(Clone, Debug, Args)]
pub struct RunArgs {
    /// The configuration file [default: scopecheck.toml, if there is one].
    #[arg(long, value_name = "FILE", env = "SCOPECHECK_CONFIG", hide_env = true, help_heading = "Target")]
    pub config: Option<PathBuf>,
    /// The target, and its table if it is not `default`: from the configuration, else from `targets/`.
    #[arg(
        long,
        value_name = "NAME[/TABLE]",
        env = "SCOPECHECK_TARGET",
        hide_env = true,
        help_heading = "Target"
    )]
    pub target: Option<TargetRef>,
    /// Demand a further profile, such as `oidc`, `dcr` or `toolhive` (repeatable).
    #[arg(
        long = "profile",
        value_name = "NAME",
        env = "SCOPECHECK_PROFILE",
        hide_env = true,
        value_delimiter = ',',
        help_heading = "Target"
    )]
    pub profiles: Vec<String>,

    /// Run only the cases that match, such as `area(server/refresh) and level(must)`.
    #[arg(
        short,
        long,
        value_name = "EXPR",
        env = "SCOPECHECK_FILTER",
        hide_env = true,
        help_heading = "Selection"
    )]
    pub filter: Option<Filter>,
    /// Give up after this many unexpected failures.
    #[arg(
        long,
        value_name = "N",
        env = "SCOPECHECK_MAX_FAILURES",
        hide_env = true,
        help_heading = "Selection"
    )]
    pub max_failures: Option<NonZeroUsize>,

    /// The seed of everything that is generated; the report names it.
    #[arg(long, value_name = "N", env = "SCOPECHECK_SEED", hide_env = true, help_heading = "Execution")]
    pub seed: Option<u64>,
    /// How many cases run at once.
    #[arg(
        short,
        long,
        value_name = "N",
        env = "SCOPECHECK_JOBS",
        hide_env = true,
        help_heading = "Execution"
    )]
    pub jobs: Option<NonZeroUsize>,
    /// How long one HTTP request, one call of an adapter or one case of a client may take, such as `500ms` [default: 10s, 2s, 10s].
    #[arg(long, value_name = "TIME", value_parser = parse_duration, env = "SCOPECHECK_TIMEOUT", hide_env = true, help_heading = "Execution")]
    pub timeout: Option<Duration>,
    /// Send at most this many requests a second.
    #[arg(long, value_name = "N", env = "SCOPECHECK_RATE", hide_env = true, help_heading = "Execution")]
    pub rate: Option<NonZeroU32>,

    /// What is known to deviate; `none` excuses nothing [default: the `expected.toml` beside the target].
    #[arg(
        long,
        value_name = "FILE|none",
        env = "SCOPECHECK_EXPECT",
        hide_env = true,
        help_heading = "Verdict"
    )]
    pub expect: Option<Expect>,
    /// Stay green where an expected deviation is gone.
    #[arg(long, env = "SCOPECHECK_ALLOW_STALE", hide_env = true, help_heading = "Verdict")]
    pub allow_stale: bool,
    /// `--deny warn` treats an unexpected `warn` like a `fail`.
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "GRADE",
        env = "SCOPECHECK_DENY",
        hide_env = true,
        help_heading = "Verdict"
    )]
    pub deny: Option<Deny>,

    /// Write a report, such as `json=results.json` or `junit=junit.xml` (repeatable).
    #[arg(
        long = "report",
        value_name = "FORMAT=PATH",
        env = "SCOPECHECK_REPORT",
        hide_env = true,
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub reports: Vec<Destination>,
    /// The folder for the event log and other artefacts [default: scopecheck-out].
    #[arg(long, value_name = "DIR", env = "SCOPECHECK_OUT", hide_env = true, help_heading = "Output")]
    pub out: Option<PathBuf>,
}

impl RunArgs {
    /// Whether a `warn` counts like a `fail`.
    pub fn denies_warnings(&self) -> bool {
        self.deny == Some(Deny::Warn)
    }
}
