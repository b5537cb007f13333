//! `scopecheck.toml`: what a project always wants.

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Duration,
};

use indexmap::IndexMap;
use scopecheck_scenarios::{error::SourceFile, model::Word};
use serde::Deserialize;
use toml::Spanned;

use super::{
    TargetError,
    file::{TargetFile, read_source},
    mistake::Mistake,
    parse_duration,
    raw::RawTarget,
    toml_file::read_toml,
};

/// A `scopecheck.toml`. Flags and the environment outrank it.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The seed of everything that is generated.
    pub seed: Option<u64>,
    /// How many cases run at once.
    pub jobs: Option<NonZeroUsize>,
    /// What was said about limits.
    pub limits: Limits,
    folder: PathBuf,
    source: SourceFile,
    targets: IndexMap<String, RawTarget>,
}

/// How long things may take (`design.md` section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// One HTTP request, until the last octet of the answer.
    pub request: Duration,
    /// One call of an adapter.
    pub call: Duration,
    /// An adapter's answer to `hello`.
    pub hello: Duration,
    /// One case with all its steps.
    pub case: Duration,
    /// One case of a client, all its runs together.
    pub client: Duration,
    /// The whole run.
    pub run: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(10),
            call: Duration::from_secs(2),
            hello: Duration::from_secs(10),
            case: Duration::from_mins(2),
            client: Duration::from_secs(10),
            run: Duration::from_hours(1),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawConfig {
    seed: Option<u64>,
    jobs: Option<Spanned<usize>>,
    #[serde(default)]
    limits: RawLimits,
    #[serde(default)]
    target: IndexMap<String, RawTarget>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLimits {
    request: Option<Word>,
    call: Option<Word>,
    hello: Option<Word>,
    case: Option<Word>,
    client: Option<Word>,
    run: Option<Word>,
}

impl Config {
    /// Reads a file.
    pub fn load(path: &Path) -> Result<Self, TargetError> {
        let source = read_source(path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(Self::parse(source, folder.map_or_else(|| PathBuf::from("."), Path::to_owned))?)
    }

    fn parse(source: SourceFile, folder: PathBuf) -> Result<Self, Mistake> {
        let raw: RawConfig = read_toml(&source)?;
        let defaults = Limits::default();
        let limit = |word: Option<Word>, default: Duration| match word {
            None => Ok(default),
            Some(word) => parse_duration(&word.value)
                .map_err(|error| Mistake::at(&source, word.span, error.to_string())),
        };
        let limits = Limits {
            request: limit(raw.limits.request, defaults.request)?,
            call: limit(raw.limits.call, defaults.call)?,
            hello: limit(raw.limits.hello, defaults.hello)?,
            case: limit(raw.limits.case, defaults.case)?,
            client: limit(raw.limits.client, defaults.client)?,
            run: limit(raw.limits.run, defaults.run)?,
        };
        let jobs = raw.jobs.map(|jobs| {
            NonZeroUsize::new(*jobs.get_ref()).ok_or_else(|| {
                Mistake::at(&source, jobs.span(), "nothing runs without a job").help("write 1 or more")
            })
        });
        Ok(Self { seed: raw.seed, jobs: jobs.transpose()?, limits, folder, source, targets: raw.target })
    }

    /// The names of the targets that the file defines.
    pub(super) fn target_names(&self) -> impl Iterator<Item = &str> {
        self.targets.keys().map(String::as_str)
    }

    /// The target of that name.
    pub(super) fn target(&self, name: &str) -> Option<TargetFile> {
        let raw = self.targets.get(name)?.clone();
        Some(TargetFile { source: self.source.clone(), raw, folder: Some(self.folder.clone()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, TargetError> {
        Ok(Config::parse(SourceFile { path: "scopecheck.toml".into(), text: text.into() }, ".".into())?)
    }

    #[test]
    fn what_is_not_said_keeps_its_default() {
        let config = parse("seed = 7\n[limits]\nrequest = '3s'\n").unwrap();
        assert_eq!(config.seed, Some(7));
        assert_eq!(config.jobs, None);
        assert_eq!(config.limits, Limits { request: Duration::from_secs(3), ..Limits::default() });
    }

    #[test]
    fn mistakes_are_shown_in_place() {
        insta::assert_snapshot!(parse("[limits]\nrequests = '3s'\n").unwrap_err(), @r"
        scopecheck.toml:2:1: unknown key `requests`
          |
        2 | requests = '3s'
          | ^^^^^^^^
        help: did you mean `request`?
        ");
        insta::assert_snapshot!(parse("[limits]\nrequest = '3'\n").unwrap_err(), @r"
        scopecheck.toml:2:11: `3` is no duration; write a whole number above zero with its unit, such as `500ms`, `20s`, `2m` or `1h`
          |
        2 | request = '3'
          |           ^^^
        ");
        insta::assert_snapshot!(parse("jobs = 0\n").unwrap_err(), @r"
        scopecheck.toml:1:8: nothing runs without a job
          |
        1 | jobs = 0
          |        ^
        help: write 1 or more
        ");
        insta::assert_snapshot!(parse("jobs = 'two'\n").unwrap_err(), @r#"
        scopecheck.toml:1:8: wrong type: string "two", expected a whole number
          |
        1 | jobs = 'two'
          |        ^^^^^
        help: write a value of that type; strings always stand in quotes
        "#);
        insta::assert_snapshot!(parse("jobs = \n").unwrap_err(), @r"
        scopecheck.toml:1:8: string values must be quoted, expected literal string
          |
        1 | jobs = 
          |        ^
        ");
        insta::assert_snapshot!(parse("[target.mine.sevrer.default]\nissuer = 'x'\n").unwrap_err(), @r"
        scopecheck.toml:1:14: unknown key `sevrer`
          |
        1 | [target.mine.sevrer.default]
          |              ^^^^^^
        help: did you mean `server`?
        ");
    }
}
