//! A folder that cannot be loaded says why.

use std::fs;

use scopecheck_scenarios::catalog::Catalog;

#[test]
fn a_folder_without_the_data_says_what_it_has_to_hold() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("scenarios");
    fs::create_dir_all(root.join("cases/server/a")).unwrap();
    fs::create_dir_all(root.join("bases")).unwrap();
    fs::create_dir_all(root.join("requirements")).unwrap();
    fs::write(root.join("cases/server/a/b.toml"), [0xff, 0xfe]).unwrap();
    fs::write(root.join("contracts.toml"), "contract = []").unwrap();
    fs::write(root.join("ids.lock"), "live = 3").unwrap();
    let errors = Catalog::from_dir(&root).unwrap_err().to_string();
    let shown = errors.replace(&*folder.path().to_string_lossy(), "").replace('\\', "/");
    insta::assert_snapshot!(shown);
}
