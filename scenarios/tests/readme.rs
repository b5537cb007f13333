//! The tables of the README are those of the vocabulary, and its examples are in the format.

use std::{fs, path::Path};

use scopecheck_scenarios::{model::Case, tables};

const BEGIN: &str = "<!-- generated: vocabulary -->\n";
const END: &str = "<!-- end -->\n";

#[test]
fn the_vocabulary_of_the_readme_is_not_stale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let wanted = format!("{head}{BEGIN}{}{END}{tail}", tables::markdown());
    if text != wanted {
        assert!(
            std::env::var_os("UPDATE_README").is_some(),
            "the tables are stale; run `UPDATE_README=1 cargo test -p scopecheck-scenarios`"
        );
        fs::write(path, wanted).unwrap();
    }
}

#[test]
fn the_server_case_of_the_readme_is_in_the_format() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let example = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let case: Case = toml::from_str(example).unwrap();
    assert_eq!(case.checks.len(), 2);
}
