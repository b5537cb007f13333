//! Findings as files: where they are, how one is read and written.

use std::{
    fs::{self, File, Permissions},
    io::{self, ErrorKind, Read as _, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use scopecheck_reports::escape;
use scopecheck_scenarios::nearest::did_you_mean;
use serde_json::Value;

use super::{Finding, FindingError, SCHEMA_VERSION};

/// Where findings are stored, in the folder that a run is started in.
pub const FOLDER: &str = ".scopecheck/findings";

/// The largest file that is read, in bytes: inputs are small, and what is stored of each call is bounded.
const MOST: u64 = 16 << 20;

/// The file of a finding: a path, or a name in `.scopecheck/findings` below `home`, with or without `.json`.
pub fn find(home: &Path, wanted: &str) -> Result<PathBuf, FindingError> {
    let folder = home.join(FOLDER);
    let path = home.join(wanted);
    // A folder is taken for a finding only by mistake, and reading it says so.
    if path.exists() {
        return Ok(path);
    }
    let name = wanted.strip_suffix(".json").unwrap_or(wanted);
    let of_that_name = folder.join(format!("{name}.json"));
    // A name is one of the folder; what leads out of it would have been a path.
    if !wanted.contains('/') && of_that_name.exists() {
        return Ok(of_that_name);
    }
    let known = names(&folder).unwrap_or_default();
    let help = did_you_mean(name, known.iter().map(String::as_str));
    let help = help.unwrap_or_else(|| match known.as_slice() {
        [] => format!(
            "none is stored in {FOLDER} here; a run of `scopecheck library -- CMD` stores what breaks a law"
        ),
        [only] => format!("{FOLDER} holds one: `{}`", escape::line(only)),
        many => format!("{FOLDER} holds {}; give the name of one, or a path", many.len()),
    });
    Err(FindingError::Unknown { name: wanted.to_owned(), help })
}

/// The folder that a stored command counts from: the one that holds `.scopecheck`, else the current one.
pub fn home(finding: &Path) -> PathBuf {
    let mut above = finding.ancestors().skip(1);
    let stored = above.next().is_some_and(|folder| folder.ends_with(FOLDER));
    let home = above.nth(1).filter(|_| stored).map(Path::to_owned).unwrap_or_default();
    if home.as_os_str().is_empty() { PathBuf::from(".") } else { home }
}

/// Reads a finding. Members that this version does not know are ignored.
pub fn read(path: &Path) -> Result<Finding, FindingError> {
    let unreadable = |source| FindingError::Unreadable { path: path.to_owned(), source };
    // Opening a pipe would wait for whoever writes to it.
    let is_file = fs::metadata(path).map_err(unreadable)?.is_file();
    if !is_file {
        return Err(unreadable(io::Error::other("it is no file")));
    }
    let mut text = Vec::new();
    File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut text)).map_err(unreadable)?;
    if u64::try_from(text.len()).is_ok_and(|length| length > MOST) {
        return Err(FindingError::TooLarge { path: path.to_owned(), most: MOST });
    }
    let malformed = |why: String| FindingError::Malformed { path: path.to_owned(), why };
    let not_json = |error: serde_json::Error| malformed(format!("it is no finding: {error}"));
    // The version is looked at first: a file of a later one would only look malformed.
    let value: Value = serde_json::from_slice(&text).map_err(not_json)?;
    let version = value.get("schema_version").and_then(Value::as_str);
    let version = version.ok_or_else(|| malformed("it has no `schema_version`".to_owned()))?;
    if major(version) != major(SCHEMA_VERSION) {
        return Err(FindingError::Version { path: path.to_owned(), version: version.to_owned() });
    }
    // Not from the value: an error is only of use with its line and column.
    serde_json::from_slice(&text).map_err(not_json)
}

/// Writes a finding in one step, so that nobody ever reads a half of it. `over` says whether a file that is there gives way.
pub(super) fn write(path: &Path, finding: &Finding, over: bool) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut text = serde_json::to_string_pretty(finding)?;
    text.push('\n');
    // The rights are those of any file that is made here, less what the user's mask takes away.
    let rights = Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new().prefix(".finding-").permissions(rights).tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    let placed = if over { file.persist(path) } else { file.persist_noclobber(path) };
    placed.map(drop).map_err(|error| error.error)
}

/// The names of all stored findings, sorted; none where there is no folder.
pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        names.extend(name.to_str().and_then(|name| name.strip_suffix(".json")).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}
