//! Why a target could not be had.

use std::path::PathBuf;

use scopecheck_scenarios::{error::FileError, nearest::did_you_mean};

use super::{Kind, mistake::Mistake};

/// Why a target could not be had. All of it is the configuration's fault: exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// There is no target of that name.
    #[error("there is no target `{name}`\nhelp: {}", other_targets(name, known, targets.as_ref()))]
    UnknownTarget {
        /// What was asked for.
        name: String,
        /// The targets that there are.
        known: Vec<String>,
        /// The folder that was searched.
        targets: PathBuf,
    },
    /// The target has no such table.
    #[error("the target `{target}` has no table `{kind}.{table}`\nhelp: {}", other_tables(target, table, *kind, known))]
    UnknownTable {
        /// The target.
        target: String,
        /// The table that was asked for.
        table: String,
        /// The kind of subject that the command is for.
        kind: Kind,
        /// The tables that it has, of each kind.
        known: Vec<(Kind, String)>,
    },
    /// A file is wrong; the mistake is shown in place.
    #[error(transparent)]
    File(#[from] Box<FileError>),
    /// A file cannot be read.
    #[error("cannot read {}: {source}\nhelp: check the path and its permissions", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl From<Mistake> for TargetError {
    fn from(mistake: Mistake) -> Self {
        Self::File(mistake.into())
    }
}

fn other_targets(name: &str, known: &[String], targets: &std::path::Path) -> String {
    did_you_mean(name, known.iter().map(String::as_str)).unwrap_or_else(|| {
        format!(
            "the targets here are {}; a new one is a folder {} with a `target.toml`, or a table `[target.{name}.KIND.default]` in scopecheck.toml, KIND one of `library`, `server`, `client`",
            quoted(known.iter()),
            targets.join(name).display()
        )
    })
}

fn other_tables(target: &str, table: &str, kind: Kind, known: &[(Kind, String)]) -> String {
    let of_kind: Vec<&str> =
        known.iter().filter(|(of, _)| *of == kind).map(|(_, name)| name.as_str()).collect();
    if let Some(near) = did_you_mean(table, of_kind.iter().copied()) {
        return near;
    }
    if of_kind.is_empty() {
        let others = known.iter().map(|(kind, name)| format!("{kind}.{name}"));
        return match known {
            [] => format!("it has no table at all; add `[{kind}.{table}]`"),
            _ => format!("it is no {kind}: its tables are {}", quoted(others)),
        };
    }
    let full = of_kind.iter().map(|name| format!("{target}/{name}"));
    format!("write one of {}", quoted(full))
}

fn quoted(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    names.map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}
