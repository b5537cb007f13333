//! Where the fuzz targets are, and what their folders hold.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The folder `fuzz`.
pub(crate) fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// The corpus of a target: the octets of each file by its name. Empty where there is no folder.
pub(crate) fn corpus(target: &str) -> BTreeMap<String, Vec<u8>> {
    let Ok(folder) = fs::read_dir(fuzz().join("corpus").join(target)) else { return BTreeMap::new() };
    let files = folder.map(|file| file.unwrap());
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
}
