//! Reports as files: `--report FORMAT=PATH`.

use std::{fs, path::Path};

use scopecheck_reports::{Destination, Results};

use crate::cli::{CliError, Shell};

/// Writes each report to its file, and says so on standard error unless told to be quiet.
pub(crate) fn write_reports(
    results: &Results,
    destinations: &[Destination],
    shell: &Shell,
) -> Result<(), CliError> {
    for Destination { format, path } in destinations {
        let text = format.render(results).map_err(|error| CliError::bug(error.to_string()))?;
        write(path, &text)?;
        if !shell.quiet() {
            shell.note(&format!("wrote {format} to {}", path.display()));
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text)).map_err(|error| {
        CliError::usage(format!("the report cannot be written to {}: {error}", path.display()))
            .help("check that the path names a file and that you may write there")
    })
}
