//! Tells cargo that the crate holds the data folders, new files included: `include_dir!` alone only notices changes to files it has seen.

fn main() {
    for folder in ["bases", "cases", "contracts.toml", "flows", "ids.lock", "requirements", "vectors"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
