//! What `scopecheck adapter` refuses.

use std::fs;

use crate::support::run;

fn shown(arguments: &[&str]) -> String {
    run(tempfile::tempdir().unwrap().path(), arguments).shown()
}

#[test]
fn a_check_needs_a_command() {
    insta::assert_snapshot!(shown(&["adapter", "check"]));
    insta::assert_snapshot!(shown(&["adapter", "check", "python3", "adapter.py"]));
}

#[test]
fn a_program_that_is_not_there_is_no_adapter() {
    insta::assert_snapshot!(shown(&["adapter", "check", "--", "./no-such-program"]));
}

#[test]
fn a_language_without_a_starting_point_gets_the_list() {
    insta::assert_snapshot!(shown(&["adapter", "new", "cobol"]));
}

#[test]
fn nothing_is_overwritten_and_no_half_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    let file = folder.path().join("mine/main.go");
    fs::write(&file, "package mine\n").unwrap();
    insta::assert_snapshot!(run(folder.path(), &["adapter", "new", "go", "--out", "mine"]).shown());
    assert_eq!(fs::read_to_string(file).unwrap(), "package mine\n");
    assert!(!folder.path().join("mine/go.mod").exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    insta::assert_snapshot!(run(folder.path(), &["adapter", "new", "python", "--out", "file/below"]).shown());
}
