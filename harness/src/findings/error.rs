//! What can go wrong with the file of a finding.

use std::{io, path::PathBuf};

use scopecheck_reports::escape;

use super::SCHEMA_VERSION;

/// Why a finding cannot be read or stored. None of it is the subject's fault, and none of it ends a run.
#[derive(Debug, thiserror::Error)]
pub enum FindingError {
    /// There is no file of that name.
    #[error("there is no finding `{}`\nhelp: {help}", escape::line(name))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The nearest names, or where findings come from.
        help: String,
    },
    /// The file cannot be read.
    #[error(
        "cannot read the finding {}: {source}\nhelp: check that it is a file and that you may read it",
        shown(path)
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is larger than any that was stored.
    #[error(
        "cannot read the finding {}: it is larger than {} MiB, which no stored finding is\nhelp: delete the file, or move it out of the folder of findings",
        shown(path), most >> 20
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit, in bytes.
        most: u64,
    },
    /// The file holds something else.
    #[error(
        "cannot read the finding {}: {why}\nhelp: delete the file, or take it from where you keep its history; if the bug is still there, a run finds an input for it again",
        shown(path)
    )]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column where there is one.
        why: String,
    },
    /// The file was written by a later version.
    #[error(
        "cannot read the finding {}: its format is {}, and this version reads {SCHEMA_VERSION}\nhelp: use a newer scopecheck",
        shown(path),
        escape::line(version)
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        version: String,
    },
    /// The folder cannot be listed.
    #[error(
        "cannot look for stored findings in {}: {source}\nhelp: check the rights of the folder; this run puts generated inputs only",
        shown(folder)
    )]
    Unlisted {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There are more stored findings than a run puts.
    #[error(
        "{more} stored findings of {what} in {} are not put in this run, which takes {most}\nhelp: delete what is fixed for good",
        shown(folder)
    )]
    TooMany {
        /// The folder.
        folder: PathBuf,
        /// Of what: a law, or all of them.
        what: String,
        /// How many are put.
        most: usize,
        /// How many are not.
        more: usize,
    },
    /// The file cannot be written.
    #[error(
        "cannot store the finding {}: {source}\nhelp: check the rights of the folder and the space; the input stands in the report of this run, and the same seed finds it again",
        shown(path)
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn shown(path: &std::path::Path) -> String {
    escape::line(&path.display().to_string()).into_owned()
}
