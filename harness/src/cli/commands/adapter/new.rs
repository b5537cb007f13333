//! `scopecheck adapter new`.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use crate::cli::{CliError, Shell, args::NewAdapterArgs};

/// Writes the starting point of a language. Nothing is ever overwritten.
pub(super) fn new(args: &NewAdapterArgs, shell: &Shell) -> Result<u8, CliError> {
    let files: Vec<(PathBuf, &str)> =
        args.language.files().iter().map(|file| (args.out.join(file.path), file.text)).collect();
    // Looked at before anything is written, so that no half of a starting point is left behind.
    if let Some((there, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        return Err(is_there(there));
    }
    for (path, text) in &files {
        write_new(path, text)?;
        shell.print(&format!("wrote {}\n", path.display()));
    }
    if !shell.quiet() {
        let run = args.language.run(&args.out);
        let build = args.language.build(&args.out).map(|build| format!("  {build}\n")).unwrap_or_default();
        shell.print(&format!(
            "\nIt passes as it is. Put the calls of your library in; its comments say where. Then:\n\n\
             {build}  scopecheck adapter check -- {run}\n  scopecheck library -- {run}\n"
        ));
    }
    Ok(0)
}

fn write_new(path: &Path, text: &str) -> Result<(), CliError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let mut created = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => is_there(path),
        _ => cannot_write(path, &error),
    })?;
    created.write_all(text.as_bytes()).map_err(|error| cannot_write(path, &error))
}

fn is_there(path: &Path) -> CliError {
    CliError::usage(format!("{} is there already, and nothing was written", path.display()))
        .help("name another folder with `--out DIR`, or move that file away; nothing is overwritten")
}

fn cannot_write(path: &Path, error: &std::io::Error) -> CliError {
    CliError::usage(format!("cannot write {}: {error}", path.display()))
        .help("check that you may write there, or name another folder with `--out DIR`")
}
