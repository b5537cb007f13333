//! A target is a function, a binary, a corpus, a dictionary and a line of the README; nothing may lack one of them.

use std::fs;

use crate::{
    support::{corpus, fuzz},
    targets::ALL,
};

fn names() -> Vec<&'static str> {
    ALL.iter().map(|(name, _)| *name).collect()
}

#[test]
fn every_target_has_a_binary_and_every_binary_a_target() {
    let manifest: toml::Table = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap().parse().unwrap();
    let mut binaries: Vec<&str> =
        manifest["bin"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    binaries.sort_unstable();
    assert_eq!(binaries, names());
    for name in names() {
        let source = fs::read_to_string(fuzz().join("fuzz_targets").join(format!("{name}.rs"))).unwrap();
        assert!(source.contains(&format!("targets::{name}::check(data)")), "{name} calls its own function");
    }
}

#[test]
fn every_target_has_a_corpus_of_ten_files_or_more_that_are_short() {
    for name in names() {
        let files = corpus(name);
        assert!(files.len() >= 10, "fuzz/corpus/{name} holds {} files", files.len());
        for (file, data) in files {
            assert!(data.len() <= 4_096, "fuzz/corpus/{name}/{file} has {} octets", data.len());
        }
    }
}

#[test]
fn every_corpus_belongs_to_a_target() {
    let folders = fs::read_dir(fuzz().join("corpus")).unwrap();
    for folder in folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()) {
        assert!(names().contains(&&*folder), "fuzz/corpus/{folder} belongs to no target");
    }
}

#[test]
fn the_readme_names_every_target_with_a_dictionary_that_is_there() {
    let readme = fs::read_to_string(fuzz().join("README.md")).unwrap();
    let rows: Vec<Vec<&str>> = readme
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(|cell| cell.trim().trim_matches('`')).collect())
        .collect();
    assert_eq!(rows.iter().map(|row| row[1]).collect::<Vec<_>>(), names());
    for row in rows {
        let dictionary = fuzz().join("dictionaries").join(row[2]);
        assert!(dictionary.is_file(), "{} names the dictionary {}", row[1], row[2]);
    }
}
