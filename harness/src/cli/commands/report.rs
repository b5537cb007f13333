//! `scopecheck report`: an earlier run, rendered again. Nothing is run, and nothing is judged anew.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use scopecheck_reports::{Results, json, log, terminal};

use super::write::write_reports;
use crate::cli::{
    CliError, Shell,
    args::{GlobalArgs, ReportArgs},
};

/// The files of a run, as they are called in the folder that `--out` names; the first one that is there is taken.
const FILES: [&str; 2] = ["events.ndjson", "results.json"];

/// Prints the report for people, or writes the reports that were asked for. The exit code is that of the rendering: 0 even if
/// the run had failed, whose own code stands in the report.
pub(crate) fn run(args: &ReportArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    let path = file(&args.results)?;
    let results = read(&path)?;
    if args.reports.is_empty() {
        shell.print(&terminal::render(&results, &shell.terminal_options()));
    } else {
        write_reports(&results, &args.reports, shell)?;
    }
    Ok(0)
}

/// The file itself, or that of a run in this folder.
fn file(path: &Path) -> Result<PathBuf, CliError> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    FILES.iter().map(|name| path.join(name)).find(|file| file.is_file()).ok_or_else(|| {
        CliError::usage(format!("the folder {} holds no results", path.display())).help(format!(
            "give the folder that `--out` named, with {} or {} in it, or a file",
            FILES[0], FILES[1]
        ))
    })
}

fn read(path: &Path) -> Result<Results, CliError> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        let help = match error.kind() {
            ErrorKind::NotFound => "a run writes the file with `--report json=PATH`, and its event log into the folder of `--out`",
            _ => "check that it is a file and that you may read it",
        };
        CliError::usage(format!("cannot read {shown}: {error}")).help(help)
    })?;
    let refused = |why: String| CliError::usage(format!("cannot read {shown}: {why}"));
    if bytes.trim_ascii().is_empty() {
        return Err(refused("it is empty".to_owned())
            .help("the run ended before anything was recorded; run it again"));
    }
    if is_log(&bytes) {
        log::read(bytes.as_slice()).map_err(|error| refused(error.to_string()))
    } else {
        json::read(bytes.as_slice()).map_err(|error| refused(error.to_string()))
    }
}

/// Whether the first line is an object of its own with a member `event`, which no `results.json` has.
fn is_log(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    serde_json::from_slice::<serde_json::Value>(first).is_ok_and(|value| value.get("event").is_some())
        // A first line that was torn by a kill is no JSON, but it still begins like one of a log.
        || first.starts_with(b"{\"event\":")
}
