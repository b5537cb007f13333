//! `scopecheck case new`.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write as _},
    path::Path,
};

use scopecheck_scenarios::{catalog::Catalog, lint::lock_text, scaffold::new_case};

use super::folder::{named, nearest};
use crate::cli::{CliError, Shell, args::NewCaseArgs};

/// Writes the draft of a case into its file and its id into `ids.lock`. Nothing is ever overwritten.
pub(super) fn new(args: &NewCaseArgs, shell: &Shell) -> Result<u8, CliError> {
    let id = args.id.as_str();
    let draft = new_case(id).map_err(|error| CliError::usage(error.to_string()))?;
    let folder = match &args.scenarios {
        Some(folder) => named(folder)?,
        None => nearest().ok_or_else(|| {
            CliError::usage("there is no folder `scenarios` here or above")
                .help("go into a checkout of scopecheck, or name the folder with `--scenarios DIR`")
        })?,
    };
    let lock = folder.join("ids.lock");
    refuse_what_was_given_before(id, &folder, &lock)?;

    let file = folder.join("cases").join(format!("{id}.toml"));
    write_new(&file, &draft)?;
    // The lock is written from the folder as it is now, so that the new id is one of its cases.
    let (catalog, _) = Catalog::from_dir_with_errors(&folder);
    fs::write(&lock, lock_text(&catalog)).map_err(|error| cannot_write(&lock, &error))?;

    shell.print(&format!("wrote {}\nadded `{id}` to {}\n", file.display(), lock.display()));
    if !shell.quiet() {
        shell.print("\nnext: edit it, then `scopecheck case lint`; cases are part of the program, so build it anew to run it\n");
    }
    Ok(0)
}

/// An id is given once, and a lock that cannot be read cannot be renewed.
fn refuse_what_was_given_before(id: &str, folder: &Path, lock: &Path) -> Result<(), CliError> {
    let (catalog, errors) = Catalog::from_dir_with_errors(folder);
    let lock = lock.display().to_string();
    if let Some(error) = errors.into_iter().find(|error| error.path == lock) {
        return Err(CliError::usage(error.to_string()));
    }
    if let Some(retired) = catalog.retired.get(id) {
        return Err(CliError::usage(format!("the id `{id}` is retired: {}", retired.reason))
            .help("ids never come back; choose another one"));
    }
    match catalog.cases.get(id) {
        Some(loaded) => {
            Err(CliError::usage(format!("the case `{id}` is there already, in {}", loaded.source.path))
                .help("edit that file, or choose another id"))
        }
        None => Ok(()),
    }
}

fn write_new(file: &Path, text: &str) -> Result<(), CliError> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let mut created = File::create_new(file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => CliError::usage(format!("the file {} is there already", file.display()))
            .help("it is not overwritten; `scopecheck case lint` tells what is wrong with it"),
        _ => cannot_write(file, &error),
    })?;
    created.write_all(text.as_bytes()).map_err(|error| cannot_write(file, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> CliError {
    CliError::usage(format!("cannot write {}: {error}", path.display()))
        .help("check that you may write there")
}
