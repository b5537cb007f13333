//! A folder to stand first in PATH: under every name by which clients start a browser there is a program that fetches the URL.

use std::{
    fs, io,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::Path,
};

use tempfile::TempDir;

use crate::{system::search_path, typed::quoted};

/// The names by which clients start a browser.
pub const OPENERS: [&str; 16] = [
    "xdg-open",
    "open",
    "sensible-browser",
    "x-www-browser",
    "www-browser",
    "gnome-open",
    "gvfs-open",
    "kde-open",
    "kde-open5",
    "exo-open",
    "wslview",
    "firefox",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
];

/// Makes the folder; it goes away with what is returned. The programs return at once, as real ones do: the client listens while the URL is fetched.
pub(in crate::client) fn folder(program: &Path) -> io::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("scopecheck-browser-").tempdir()?;
    let script = folder.path().join(OPENERS[0]);
    let program = quoted(&program.to_string_lossy());
    let text =
        format!("#!/bin/sh\n{program} reference browser \"$@\" </dev/null >/dev/null 2>&1 &\nexit 0\n");
    fs::write(&script, text)?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700))?;
    for name in &OPENERS[1..] {
        symlink(&script, folder.path().join(name))?;
    }
    Ok(folder)
}

/// PATH with this folder in front: of the PATH that is given, else of ours.
pub(in crate::client) fn path_behind(folder: &Path, given: Option<&str>) -> String {
    let behind = given.map_or_else(search_path, str::to_owned);
    format!("{}:{behind}", folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_starts_the_program_and_returns_at_once() {
        let place = tempfile::tempdir().unwrap();
        let told = place.path().join("told");
        let program = place.path().join("it's a program");
        fs::write(&program, format!("#!/bin/sh\necho \"$@\" > \"{}\"\n", told.display())).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let folder = folder(&program).unwrap();
        for name in OPENERS {
            let status = std::process::Command::new(folder.path().join(name)).arg("http://h/?a=b&c").status();
            assert!(status.unwrap().success(), "{name}");
            let wanted =
                || fs::read_to_string(&told).is_ok_and(|text| text == "reference browser http://h/?a=b&c\n");
            for _ in 0..500 {
                if wanted() {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            assert!(wanted(), "{name}");
            fs::remove_file(&told).unwrap();
        }
    }
}
