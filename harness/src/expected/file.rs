//! The file itself: header and entries, read with spans.

use std::path::Path;

use indexmap::IndexMap;
use scopecheck_scenarios::{error::SourceFile, model::Word};
use serde::Deserialize;
use toml::Spanned;

use super::{
    Entry, ExpectedError,
    date::day,
    entry::{TABLE, listed_grade},
};
use crate::{
    filter::Glob,
    target::{Mistake, read_toml},
};

/// An `expected.toml`, or none at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Where it stands, as it is shown; empty if there is no file.
    pub path: String,
    /// The version of the suite that it was written for.
    pub written_for: String,
    /// The requirement set that it was written for.
    pub requirements: String,
    /// The known deviations, in order.
    pub entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFile {
    written_for: String,
    requirements: String,
    #[serde(default)]
    expect: Vec<Spanned<RawEntry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawEntry {
    case: Word,
    check: Option<Word>,
    #[serde(default, rename = "where")]
    variant: IndexMap<String, Word>,
    grade: Word,
    reason: Word,
    issue: Option<String>,
    owner: Option<String>,
    expires: Option<Spanned<toml::Value>>,
    fingerprint: Option<Word>,
}

impl Expected {
    /// What applies where there is no file: nothing is excused.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a file.
    pub fn load(path: &Path) -> Result<Self, ExpectedError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ExpectedError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(&SourceFile { path: path.display().to_string(), text: text.into() })
    }

    /// Reads a file that is already in memory.
    pub fn parse(source: &SourceFile) -> Result<Self, ExpectedError> {
        let raw: RawFile = read_toml(source)?;
        let entries =
            raw.expect.iter().map(|entry| read_entry(source, entry)).collect::<Result<_, Mistake>>()?;
        Ok(Self {
            path: source.path.clone(),
            written_for: raw.written_for,
            requirements: raw.requirements,
            entries,
        })
    }
}

fn read_entry(source: &SourceFile, spanned: &Spanned<RawEntry>) -> Result<Entry, Mistake> {
    let at = |word: &Word, message: String| Mistake::at(source, word.span.clone(), message);
    let raw = spanned.get_ref();
    if raw.case.value.contains(['@', '#']) {
        return Err(at(&raw.case, "`case` names a case, without its variant and its check".to_owned()).help(
            "write the part after `@` as `where = { axis = \"value\" }` and the part after `#` as `check`",
        ));
    }
    let grade = listed_grade(&raw.grade).ok_or_else(|| {
        at(&raw.grade, format!("`{}` cannot be expected", raw.grade))
            .help("write `fail`, `warn` or `blocked`; the other grades need no excuse, and an `error` is never the subject's")
    })?;
    if raw.reason.value.trim().is_empty() {
        return Err(at(&raw.reason, "an entry without a reason excuses nothing".to_owned())
            .help("say in a sentence why this is known and accepted"));
    }
    if let Some(word) = &raw.fingerprint {
        return Err(at(word, "fingerprints are not compared by this version".to_owned())
            .help("remove the line; the entry then excuses every failure of this check with this grade"));
    }
    let expires = raw.expires.as_ref().map(|value| {
        day(value.get_ref()).ok_or_else(|| {
            Mistake::at(source, value.span(), "`expires` is a day").help("write it as `2027-01-31`")
        })
    });
    Ok(Entry {
        case: Glob::new(raw.case.value.clone()),
        check: raw.check.as_ref().map(|word| Glob::new(word.value.clone())),
        variant: raw
            .variant
            .iter()
            .map(|(axis, word)| (axis.clone(), Glob::new(word.value.clone())))
            .collect(),
        grade,
        reason: raw.reason.value.clone(),
        issue: raw.issue.clone(),
        owner: raw.owner.clone(),
        expires: expires.transpose()?,
        line: Mistake::at(source, raw.case.span.clone(), "").line(),
    })
}

/// The header of a new file.
pub(super) fn header(suite_version: &str, requirements: &str) -> String {
    format!(
        "written-for = {suite_version:?}\nrequirements = {requirements:?}\n\n# `where` may name any axis of the case, `row`, and `{TABLE}` for the table of the target.\n"
    )
}
