//! Flags and configuration, settled: flags outrank the environment (clap sees to that), the environment outranks the file.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use scopecheck_scenarios::{nearest::nearest, vocabulary::PROFILES};

use crate::{
    cli::{
        CliError,
        args::{Expect, RunArgs},
    },
    expected::Expected,
    run::DriveOptions,
    target::{Config, Limits, Places},
    wire::{Pace, WireLimits},
};

/// The seed of a run that was given none: the same run every time, so that a gate does not change its mind.
const SEED: u64 = 1;

/// The settled configuration of a run.
#[derive(Debug)]
pub(in crate::cli) struct Inputs {
    pub(in crate::cli) places: Places,
    pub(in crate::cli) limits: Limits,
    pub(in crate::cli) seed: u64,
    pub(in crate::cli) jobs: usize,
    rate: Option<f64>,
    max_failures: Option<usize>,
}

impl Inputs {
    /// Settles flags and configuration.
    pub(in crate::cli) fn settle(args: &RunArgs) -> Result<Self, CliError> {
        let config = match &args.config {
            Some(path) => Some(Config::load(path)?),
            None => Some(Path::new("scopecheck.toml"))
                .filter(|path| path.is_file())
                .map(Config::load)
                .transpose()?,
        };
        let mut limits = config.as_ref().map(|config| config.limits).unwrap_or_default();
        if let Some(timeout) = args.timeout {
            limits.request = timeout;
            limits.call = timeout;
            limits.client = timeout;
        }
        let here = std::env::current_dir()
            .map_err(|error| CliError::usage(format!("the current folder cannot be read: {error}")))?;
        Ok(Self {
            limits,
            seed: args.seed.or(config.as_ref().and_then(|config| config.seed)).unwrap_or(SEED),
            jobs: args
                .jobs
                .or(config.as_ref().and_then(|config| config.jobs))
                .map_or(4, std::num::NonZeroUsize::get),
            rate: args.rate.map(|rate| f64::from(rate.get())),
            max_failures: args.max_failures.map(std::num::NonZeroUsize::get),
            places: Places::near(&here, config),
        })
    }

    /// The limits of requests.
    pub(in crate::cli) fn wire(&self) -> WireLimits {
        WireLimits { request: self.limits.request, ..WireLimits::default() }
    }

    /// The pace of requests.
    pub(in crate::cli) fn pace(&self) -> Option<Pace> {
        Pace::per_second(self.rate)
    }

    /// How long a case may take. Requests that wait for their turn must not make it late.
    pub(in crate::cli) fn case_limit(&self) -> Duration {
        if self.rate.is_some() { self.limits.case.max(Duration::from_hours(1)) } else { self.limits.case }
    }

    /// The limits of the run.
    pub(in crate::cli) fn drive(&self) -> DriveOptions {
        DriveOptions { jobs: self.jobs, run: self.limits.run, max_failures: self.max_failures }
    }

    /// What is known to deviate: the file of `--expect`, else the one beside the target.
    pub(in crate::cli) fn expected(args: &RunArgs, beside: Option<PathBuf>) -> Result<Expected, CliError> {
        let path = match &args.expect {
            Some(Expect::None) => None,
            Some(Expect::File(path)) => Some(path.clone()),
            None => beside,
        };
        match path {
            Some(path) => Expected::load(&path).map_err(|error| CliError::usage(error.to_string())),
            None => Ok(Expected::none()),
        }
    }
}

/// The profiles of the flags, each a word of the vocabulary.
pub(in crate::cli) fn profiles(args: &RunArgs) -> Result<Vec<String>, CliError> {
    for profile in &args.profiles {
        if !PROFILES.iter().any(|known| known.word == profile) {
            let near = nearest(profile, PROFILES.iter().map(|known| known.word), 1);
            let known: Vec<&str> = PROFILES.iter().map(|known| known.word).collect();
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`? The profiles are {}", known.join(", ")),
                None => format!("the profiles are {}", known.join(", ")),
            };
            return Err(CliError::usage(format!("there is no profile `{profile}`")).help(help));
        }
    }
    Ok(args.profiles.clone())
}
