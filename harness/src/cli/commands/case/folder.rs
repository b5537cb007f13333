//! The folder of scenarios that is meant.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::cli::CliError;

/// The nearest folder `scenarios` that holds `cases`, in the current folder or above it.
pub(super) fn nearest() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let found =
        here.ancestors().map(|folder| folder.join("scenarios")).find(|folder| is_scenarios(folder))?;
    // As short as it can be said: this path stands before every mistake.
    Some(found.strip_prefix(&here).map(Path::to_owned).unwrap_or(found))
}

/// The folder that was named, if it is one.
pub(super) fn named(folder: &Path) -> Result<PathBuf, CliError> {
    if is_scenarios(folder) {
        return Ok(folder.to_owned());
    }
    let error = CliError::usage(format!("{} is not a folder of scenarios", folder.display()));
    let inner = folder.join("scenarios");
    Err(if is_scenarios(&inner) {
        error.help(format!("did you mean {}?", inner.display()))
    } else {
        error.help("name a folder that holds `cases`, `flows`, `bases`, `requirements`, `contracts.toml` and `ids.lock`")
    })
}

fn is_scenarios(folder: &Path) -> bool {
    folder.join("cases").is_dir()
}
