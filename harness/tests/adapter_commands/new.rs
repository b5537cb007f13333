//! `scopecheck adapter new`: each starting point is written, built and run as it says itself, and passes as it is.

use std::{path::Path, process::Command};

use crate::support::{Said, finish, is_there, run};

/// A command as it was printed, in a shell that finds the program of this build.
fn typed(folder: &Path, line: &str) -> Said {
    let program = Path::new(env!("CARGO_BIN_EXE_scopecheck"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = program.parent().map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
    let mut command = Command::new("sh");
    command.args(["-c", line]).env("PATH", std::env::join_paths(places).unwrap());
    // What the starting point of Rust needs is here already, for this workspace needs it too.
    command.env("CARGO_NET_OFFLINE", "true").env_remove("CARGO_TARGET_DIR");
    finish(command, folder)
}

/// Writes a starting point and types what is printed next.
fn passes_as_it_is(language: &str, tool: &str) {
    if !is_there(tool) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let written = run(folder.path(), &["adapter", "new", language]);
    assert_eq!(written.code, Some(0), "{}", written.shown());
    insta::assert_snapshot!(format!("new-{language}"), written.shown());
    let lines: Vec<&str> = written.stdout.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    assert!(lines.len() >= 2, "{lines:?}");
    let mut checked = None;
    for line in lines {
        let said = typed(folder.path(), line);
        assert_eq!(said.code, Some(0), "{line}\n{}", said.shown());
        checked = checked.or_else(|| line.contains(" adapter check ").then(|| said.shown()));
    }
    insta::assert_snapshot!(format!("check-{language}"), checked.unwrap());
}

#[test]
fn the_starting_point_for_python_passes_as_it_is() {
    passes_as_it_is("python", "python3");
}

#[test]
fn the_starting_point_for_javascript_passes_as_it_is() {
    passes_as_it_is("javascript", "node");
}

#[test]
fn the_starting_point_for_go_passes_as_it_is() {
    passes_as_it_is("go", "go");
}

#[test]
fn the_starting_point_for_rust_passes_as_it_is() {
    passes_as_it_is("rust", "cargo");
}

#[test]
fn the_starting_point_for_java_passes_as_it_is() {
    passes_as_it_is("java", "java");
}
