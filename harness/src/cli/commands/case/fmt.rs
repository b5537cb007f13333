//! `scopecheck case fmt`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use scopecheck_reports::escape;
use scopecheck_scenarios::{error::SourceFile, format::format};

use super::folder::nearest;
use crate::cli::{CliError, Shell, args::FmtArgs, count::count, error::USAGE};

/// What people write below a folder of scenarios.
const WRITTEN: [&str; 6] = ["cases", "vectors", "flows", "bases", "requirements", "contracts.toml"];

/// Lays out the files that are named (a folder means every TOML file below it), or says which are not laid out.
///
/// Exit code 0 if all is in order, 1 with `--check` if a file is not laid out, 2 if a file cannot be read as TOML.
pub(super) fn fmt(args: &FmtArgs, shell: &Shell) -> Result<u8, CliError> {
    let mut files = Vec::new();
    for place in &places(args)? {
        gather(place, &mut files)?;
    }
    let (mut changed, mut broken) = (0, 0);
    for path in &files {
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        let source = SourceFile { path: path.display().to_string(), text: text.as_str().into() };
        match format(&source) {
            Err(error) => {
                broken += 1;
                shell.print(&format!("{error}\n\n"));
            }
            Ok(formatted) if formatted == text => {}
            Ok(formatted) => {
                changed += 1;
                shell.print(&escape::block(&format!("{}\n", path.display())));
                if !args.check {
                    fs::write(path, formatted).map_err(|error| unreadable(path, &error))?;
                }
            }
        }
    }
    let looked_at = count(files.len(), "file");
    let done = if args.check { "not laid out; `scopecheck case fmt` does it" } else { "laid out anew" };
    shell.print(&match (changed, broken) {
        (0, 0) => format!("{looked_at}: all laid out\n"),
        (_, 0) => format!("{looked_at}: {changed} {done}\n"),
        _ => format!("{looked_at}: {broken} cannot be read, {changed} {done}\n"),
    });
    Ok(match (broken, changed) {
        (0, 0) => 0,
        (0, _) => u8::from(args.check),
        _ => USAGE,
    })
}

fn places(args: &FmtArgs) -> Result<Vec<PathBuf>, CliError> {
    if !args.paths.is_empty() {
        return Ok(args.paths.clone());
    }
    match nearest() {
        Some(folder) => {
            Ok(WRITTEN.iter().map(|part| folder.join(part)).filter(|place| place.exists()).collect())
        }
        None => Err(CliError::usage("there is no folder `scenarios` here or above")
            .help("name the files or the folder: scopecheck case fmt my/scenarios")),
    }
}

/// The TOML files of a place, sorted.
fn gather(place: &Path, files: &mut Vec<PathBuf>) -> Result<(), CliError> {
    if !place.is_dir() {
        files.push(place.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(place).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = entries.map_err(|error| unreadable(place, &error))?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "toml") {
            gather(&path, files)?;
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> CliError {
    CliError::usage(format!("{}: {error}", path.display()))
        .help("name a file or a folder that can be read and written")
}
