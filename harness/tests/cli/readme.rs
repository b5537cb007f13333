//! What the README promises.

use std::{fs, path::Path};

use crate::support::run_in;

#[test]
fn the_configuration_of_the_readme_is_accepted_as_it_stands() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let block = readme.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scopecheck.toml"), block).unwrap();

    let said = run_in(folder.path(), &["plan", "server", "--target", "mine"]);

    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(said.stdout.contains("target mine/default"), "{}", said.stdout);
    assert!(said.stdout.contains("forbidden admin"), "{}", said.stdout);
}
