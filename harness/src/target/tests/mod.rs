//! Targets from file to process.

mod install;
mod load;
mod mistakes;
mod runner;
mod starter;

use std::path::Path;

use super::{Places, ServerTable, TargetError, TargetRef, load_server};

/// Loads `target` from a `target.toml` with this text, in a folder of its own.
fn loaded(target: &str, text: &str) -> Result<ServerTable, TargetError> {
    let root = tempfile::tempdir().unwrap();
    let target = TargetRef::parse(target).unwrap();
    write(root.path(), &format!("targets/{}/target.toml", target.name), text);
    load_server(&target, &Places::near(root.path(), None))
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
