//! The tables of the README are those of the vocabulary, and its examples are in the format.

use std::{fs, path::Path};

use scopecheck_scenarios::{
    model::{Case, VectorFile},
    tables,
};

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

#[test]
fn the_resource_case_of_the_readme_is_in_the_format() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = text.split("## A resource case").nth(1).unwrap();
    let example = section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let case: Case = toml::from_str(example).unwrap();
    assert_eq!((case.rows.len(), case.steps.len(), case.checks.len()), (1, 4, 1));
}

#[test]
fn the_client_case_of_the_readme_is_in_the_format() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = text.split("## A client case").nth(1).unwrap();
    let example = section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let case: Case = toml::from_str(example).unwrap();
    assert_eq!((case.respond.len(), case.steps.len(), case.checks.len()), (5, 4, 2));
}

#[test]
fn the_vector_and_the_law_of_the_readme_are_in_the_format() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let example = |heading: &str| {
        let section = text.split(heading).nth(1).unwrap();
        section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
    };
    let file: VectorFile = toml::from_str(&example("## A vector")).unwrap();
    assert!(file.vectors[0].input.exact_value().is_some() && file.vectors[0].profiles.len() == 1);
    let case: Case = toml::from_str(&example("## A law")).unwrap();
    assert_eq!(case.law.unwrap().as_str(), "union-idempotent");
}

#[test]
fn the_rule_of_the_readme_is_in_the_format() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = text.split("## A rule of the protocol").nth(1).unwrap();
    let example = section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let case: Case = toml::from_str(example).unwrap();
    assert_eq!(case.protocol.unwrap().as_str(), "lines");
}
